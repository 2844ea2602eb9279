import { KeyTable } from '../key-table.ts'
import type { Cells, Refusal } from '../row.ts'
import type { Apply, StepDefinition } from '../step-definition.ts'
import { compareExact, readExact } from '../text/exact-number.ts'

/** Of rows with the same key one stays: the first, the last, the one with the greatest value of a field, or the one with the fewest blanks. */
export interface DedupeStep {
  readonly kind: 'dedupe'
  /** None means all: whole rows that repeat. A row whose key is all blank repeats none. */
  readonly fields: readonly string[]
  readonly keep: 'first' | 'last' | 'greatest' | 'fullest'
  /** With `greatest`: the field; numbers are compared as numbers, other texts by code points. */
  readonly by: string
}

export const dedupe: StepDefinition<DedupeStep> = {
  plan: ({ fields, keep, by }, scope) => {
    const slots = scope.slots(fields, 'fields')
    const all = scope.columns.map(({ slot }) => slot)
    const keyOf = (cells: Cells): string | null => {
      const texts = slots.map((slot) => cells[slot] ?? '')
      return texts.every((text) => text === '') ? null : texts.map((text) => `${text.length}:${text}`).join('')
    }
    if (keep === 'first') return { start: () => keepFirst(keyOf) }
    const bySlot = keep === 'greatest' ? scope.slot(by, 'by') : -1
    const score = keep === 'greatest' ? (cells: Cells) => cells[bySlot] ?? '' : keep === 'fullest' ? (cells: Cells) => String(all.filter((slot) => (cells[slot] ?? '') !== '').length) : () => ''
    const beats = keep === 'last' ? () => true : (now: string, before: string) => compareTexts(now, before) > 0
    return {
      survey: () => {
        const keys = new KeyTable()
        const winners: { ordinal: number; line: number }[] = []
        const scores: string[] = []
        let ordinal = 0
        return {
          see: (cells, line) => {
            const at = ordinal++
            const key = keyOf(cells)
            if (key === null) return
            const place = keys.placeOf(key)
            const now = score(cells)
            if (winners[place] !== undefined && !beats(now, scores[place] ?? '')) return
            winners[place] = { ordinal: at, line }
            if (keep !== 'last') scores[place] = now
          },
          start: () => keepWinners(keyOf, keys, winners),
        }
      },
    }
  },
}

/** Numbers as numbers, before other texts; other texts by code points; blanks before all. */
function compareTexts(a: string, b: string): number {
  const [x, y] = [readExact(a), readExact(b)]
  if (x !== null && y !== null) return compareExact(x, y)
  if ((x === null) !== (y === null) && a !== '' && b !== '') return x === null ? 1 : -1
  return a < b ? -1 : a > b ? 1 : 0
}

const repeats = (line: number): Refusal => ({ reason: 'duplicate-row', intended: true, field: null, detail: `same key as line ${line}` })

function keepFirst(keyOf: (cells: Cells) => string | null): Apply {
  const keys = new KeyTable()
  const lines: number[] = []
  return (cells, _tally, line) => {
    const key = keyOf(cells)
    if (key === null) return undefined
    const place = keys.placeOf(key)
    const first = lines[place]
    if (first !== undefined) return repeats(first)
    lines[place] = line
    return undefined
  }
}

/** Counts the rows as the survey did: both see the same rows in the same order. */
function keepWinners(keyOf: (cells: Cells) => string | null, keys: KeyTable, winners: readonly { readonly ordinal: number; readonly line: number }[]): Apply {
  let ordinal = 0
  return (cells) => {
    const at = ordinal++
    const key = keyOf(cells)
    const winner = key === null ? undefined : winners[keys.placeOf(key)]
    return winner === undefined || winner.ordinal === at ? undefined : repeats(winner.line)
  }
}
