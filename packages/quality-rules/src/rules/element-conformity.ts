import type { Condition } from '@datong/data-engine'
import { RECOGNIZER_IDS, type RecognizerId } from '@datong/recognizers'
import { readNotation } from '@datong/standards'
import { versionOn, wordsOf } from '../codes.ts'
import { all, any, compare, countRows, given, not, nothing, onField, parameter, textOf } from '../parts.ts'
import { rowVerdict } from '../recognised.ts'
import type { RuleDefinition } from '../rule.ts'
import type { ElementFacts } from '../subject.ts'

/** Kinds whose values have checks; the others are only likely. The engine does the first two by itself. */
const SCHEMES = { 'citizen-number': 'citizen-number', 'unified-credit-code': 'credit-code' } as const
const CHECKED: readonly RecognizerId[] = ['organisation-code', 'bank-card', 'phone', 'email', 'plate', 'passport', 'postcode']

const DAY_FORMS: Readonly<Record<string, string>> = {
  YYYY: '(1[89]|2[0-9])[0-9][0-9]年?',
  YYYYMM: '(1[89]|2[0-9])[0-9][0-9][-/.年]?(0?[1-9]|1[0-2])月?',
}

/** What the element's representation and bounds ask of a value that is no code. */
function formOf(field: string, { notation, minimum, maximum }: ElementFacts): Condition[] {
  const form = readNotation(notation)
  const conditions: Condition[] = []
  if (form?.kind === 'number') conditions.push({ op: 'digits', field, precision: form.max ?? 38, scale: form.decimals ?? 0 })
  else if (form?.kind === 'date') {
    const shape = DAY_FORMS[form.date ?? '']
    conditions.push(shape === undefined ? { op: 'reads', field, as: 'date' } : { op: 'matches', field, pattern: shape })
  } else if (form !== null) conditions.push({ op: 'length', field, ...(form.min === null ? {} : { least: form.min }), ...(form.max === null ? {} : { most: form.max }) })
  if (minimum !== null) conditions.push(compare({ field, as: 'number' }, 'gte', { value: minimum }))
  if (maximum !== null) conditions.push(compare({ field, as: 'number' }, 'lte', { value: maximum }))
  return conditions
}

/** Values as their data element says: representation, bounds, code list, check characters. */
export const elementConformity: RuleDefinition = {
  id: 'element-conformity',
  dimension: 'normativity',
  titleZh: '数据元符合',
  titleEn: 'As the data element says',
  aboutZh: '取值符合所映射数据元的表示格式、范围、代码集和校验。',
  aboutEn: 'Values keep to the representation, bounds, code list and checks of their data element.',
  source: 'GB/T 18391.1；GB/T 36344-2018, 规范性：数据标准',
  scope: 'field',
  parameters: [parameter('element', ['element', '数据元', 'Data element'], { required: true })],
  weight: 3,
  severity: 'major',
  toleranceShare: 0.05,
  plan: (rule, subject) => {
    const element = subject.elements.get(textOf(rule, 'element') ?? '')
    if (element === undefined) return nothing('unknown-element')
    return onField(rule, subject, ({ name }) => {
      const codes = element.codeList === null ? undefined : versionOn(subject.codeLists.get(element.codeList) ?? [], subject.today)
      if (codes !== undefined) {
        const strange = not({ op: 'among', value: { field: name, as: 'text' }, values: wordsOf(codes, true), folded: true })
        return codes.partial === true ? countRows(any(), given(name), strange) : countRows(strange, given(name))
      }
      const scheme = element.recognizers.flatMap((one) => (one === 'citizen-number' || one === 'unified-credit-code' ? [SCHEMES[one]] : []))[0]
      const kinds = RECOGNIZER_IDS.filter((id) => element.recognizers.includes(id) && CHECKED.includes(id))
      if (kinds.length === 0 && scheme !== undefined) {
        return countRows({ op: 'scheme', field: name, scheme, verdict: 'invalid' }, given(name), { op: 'scheme', field: name, scheme, verdict: 'doubtful' })
      }
      if (kinds.length === 0) return countRows(not(all(...formOf(name, element))), given(name))
      // Documents of several kinds may stand in one field: right is what one of its recognisers knows.
      const surely: Condition = scheme === undefined ? any() : { op: 'scheme', field: name, scheme, verdict: 'valid' }
      return {
        by: 'rows', columns: [name], among: given(name), surely,
        check: ([text]) => {
          const verdicts = kinds.map((kind) => rowVerdict(kind, text))
          return verdicts.find((one) => one === 'right') ?? verdicts.find((one) => one === 'doubtful') ?? 'wrong'
        },
      }
    })
  },
}
