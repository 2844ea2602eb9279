export const MEASURES = ['count', 'mean', 'sum', 'max', 'min'] as const
export type Measure = (typeof MEASURES)[number]

/** Length of the beginning of `2026-03-10 08:00:00` that tells the step of a line. */
const KEY_LENGTH = { year: 4, month: 7, day: 10, hour: 13 } as const
export type Step = keyof typeof KEY_LENGTH
const STEPS: readonly Step[] = ['hour', 'day', 'month', 'year']

/** A value at a time; the time is text that begins with year, month, day, hour. */
export interface Reading {
  readonly at: string
  readonly value: number | null
}

export interface TimePoint {
  readonly key: string
  /** null where there is no reading to take a mean, sum or bound of. */
  readonly value: number | null
  readonly readings: number
}

const MOST_POINTS = 130
const IS_TIME = /^\d{4}(-\d{2}(-\d{2}([T ]\d{2}.*)?)?)?$/

/** Whether the values of a field tell a time: by type, or words such as `2026-03`. Years alone are numbers elsewhere. */
export const tellsTime = (field: { readonly type: string; readonly min: string | null; readonly max: string | null }): boolean =>
  field.type === 'date' || field.type === 'datetime'
  || (field.type === 'text' && /^\d{4}-\d{2}$/.test(field.min ?? '') && /^\d{4}-\d{2}$/.test(field.max ?? ''))

/** The finest step by which the span gives a line that can be read. */
export function stepFor(first: string, last: string): Step {
  const finest = STEPS.findIndex((step) => Math.min(first.length, last.length) >= KEY_LENGTH[step])
  return STEPS.slice(Math.max(0, finest)).find((step) => keysBetween(first, last, step, MOST_POINTS + 1).length <= MOST_POINTS) ?? 'year'
}

/** Every key from the first to the last, at most so many. */
function keysBetween(first: string, last: string, step: Step, most: number): string[] {
  const keys: string[] = []
  const end = last.slice(0, KEY_LENGTH[step])
  for (let key = first.slice(0, KEY_LENGTH[step]); key <= end && keys.length < most; key = keyAfter(key, step)) keys.push(key)
  return keys
}

function keyAfter(key: string, step: Step): string {
  const [year = 0, month = 1, day = 1, hour = 0] = key.split(/[-T ]/).map(Number)
  const next = new Date(Date.UTC(
    year + (step === 'year' ? 1 : 0), month - 1 + (step === 'month' ? 1 : 0), day + (step === 'day' ? 1 : 0), hour + (step === 'hour' ? 1 : 0),
  ))
  const text = next.toISOString().slice(0, KEY_LENGTH[step])
  return key.includes(' ') ? text.replace('T', ' ') : text
}

/** Readings drawn together by step: each step between the first and the last has a point, also where nothing was read. */
export function seriesOf(readings: readonly Reading[], measure: Measure): { readonly step: Step; readonly points: readonly TimePoint[] } {
  const timed = readings.filter(({ at }) => IS_TIME.test(at))
  const [first, last] = timed.reduce<[string, string]>(([low, high], { at }) => [low === '' || at < low ? at : low, at > high ? at : high], ['', ''])
  if (first === '') return { step: 'year', points: [] }
  const step = stepFor(first, last)
  const groups = new Map<string, number[]>()
  const counts = new Map<string, number>()
  for (const { at, value } of timed) {
    const key = at.slice(0, KEY_LENGTH[step])
    counts.set(key, (counts.get(key) ?? 0) + 1)
    if (value !== null) groups.set(key, [...(groups.get(key) ?? []), value])
  }
  const points = keysBetween(first, last, step, 2000).map((key) => {
    const readings = counts.get(key) ?? 0
    return { key, readings, value: measure === 'count' ? readings : drawnTogether(groups.get(key) ?? [], measure) }
  })
  return { step, points }
}

function drawnTogether(values: readonly number[], measure: Exclude<Measure, 'count'>): number | null {
  if (values.length === 0) return null
  switch (measure) {
    case 'sum': return values.reduce((sum, value) => sum + value, 0)
    case 'mean': return values.reduce((sum, value) => sum + value, 0) / values.length
    case 'max': return values.reduce((a, b) => Math.max(a, b))
    case 'min': return values.reduce((a, b) => Math.min(a, b))
  }
}
