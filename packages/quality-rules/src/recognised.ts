import { RECOGNIZERS, type RecognizerId, type Verdict } from '@datong/recognizers'
import { given, onField, TEXTUAL } from './parts.ts'
import type { Plan, RowVerdict, Rule } from './rule.ts'
import type { Subject } from './subject.ts'

const AS_ROW: Readonly<Record<Verdict, RowVerdict>> = { valid: 'right', doubtful: 'doubtful', invalid: 'wrong' }

/** What a recogniser says of a value, as a check of a row. */
export const rowVerdict = (recognizer: RecognizerId, text: unknown): RowVerdict => AS_ROW[RECOGNIZERS[recognizer].validate(String(text))]

/**
 * Puts values before a recogniser. @param common RE2 of values that are right for sure, so that most of a column never leaves the engine
 */
export const recognised = (rule: Rule, subject: Subject, recognizer: RecognizerId, common: string): Plan =>
  onField(rule, subject, ({ name }) => ({
    by: 'rows',
    columns: [name],
    among: given(name),
    surely: { op: 'matches', field: name, pattern: common },
    check: ([text]) => rowVerdict(recognizer, text),
  }), TEXTUAL)
