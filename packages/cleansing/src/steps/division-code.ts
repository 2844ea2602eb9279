import { type CodeListVersion, fatesOf, versionAt } from '@datong/standards'
import { type ReadCell, remembering } from '../cell-step.ts'
import type { Misfit } from '../misfit.ts'
import type { Scope } from '../scope.ts'
import type { CleansingTools, StepDefinition } from '../step-definition.ts'

export const DIVISION_CODES = 'GB2260'

/** Division codes of earlier years as those in force on a day (GB/T 2260). A code that was split is not guessed: it is a misfit. */
export interface DivisionCodeStep {
  readonly kind: 'division-code'
  readonly fields: readonly string[]
  /** Field with the year or day for which a row's code was right; null: the last version that had the code. */
  readonly asOf: string | null
  /** `YYYY-MM-DD`; null: today. */
  readonly at: string | null
  readonly misfit: Misfit
}

export const divisionCode: StepDefinition<DivisionCodeStep> = {
  plan: ({ fields, asOf, at, misfit }, scope, tools) => {
    const slots = scope.slots(fields, 'fields')
    const asOfSlot = asOf === null ? -1 : scope.slot(asOf, 'asOf')
    const read = reader(at ?? tools.today, scope, tools)
    scope.touch(slots)
    return {
      start: () => {
        const recall = remembering(read)
        return (cells, tally) => {
          for (const slot of slots) {
            const code = cells[slot] ?? ''
            if (code === '') continue
            const after = recall(`${code} ${dayOf(asOfSlot < 0 ? '' : (cells[asOfSlot] ?? ''))}`)
            if (after !== null) tally.set(cells, slot, after)
            else {
              const refusal = tally.misfit(cells, slot, misfit, 'no division code that can be carried over')
              if (refusal !== undefined) return refusal
            }
          }
          return undefined
        }
      },
    }
  },
}

/** The last day of a year alone, or a day; blank for anything else. */
const dayOf = (text: string): string => (/^\d{4}$/.test(text) ? `${text}-12-31` : /^\d{4}-\d{2}-\d{2}/.test(text) ? text.slice(0, 10) : '')

/** Reads `<code> <day or nothing>`. */
function reader(at: string, scope: Scope, tools: CleansingTools): ReadCell {
  const versions = tools.codeVersions(DIVISION_CODES) ?? []
  const after = versionAt(versions, at)
  if (after === undefined) {
    scope.fault('at', 'no-codes', `标准库中没有 ${at} 有效的行政区划代码`)
    return () => null
  }
  const now = new Set(after.codes.map(({ code }) => code))
  const known = new Map<string, ReadonlyMap<string, string | null>>()
  const carried = (before: CodeListVersion): ReadonlyMap<string, string | null> => {
    const there = known.get(before.label) ?? new Map([...fatesOf(before, after, true)].map(([code, fate]) => [code, fate.after.length === 1 ? fate.after[0]!.code : null])) // of one, the first
    known.set(before.label, there)
    return there
  }
  const earlier = versions.filter((version) => version.from < after.from).toSorted((a, b) => (a.from < b.from ? 1 : -1))
  return (asked) => {
    const [text = '', day = ''] = asked.split(' ')
    const code = text.normalize('NFKC').trim()
    // Without a day a code in force is right; with one, it may have meant another place then.
    if (day === '' && now.has(code)) return code
    const before = day === '' ? earlier.find((version) => version.codes.some((one) => one.code === code)) : versionAt(versions, day)
    return before === undefined ? null : (carried(before).get(code) ?? null)
  }
}
