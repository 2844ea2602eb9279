import type { EntryTrend, QualityTrend, ScoreLine } from '@datong/contracts'
import { chinaDay } from '@datong/kernel'
import { DIMENSION_WEIGHTS, DIMENSIONS, weightedMean } from '@datong/quality-rules'
import type { QualityContext } from '../context.ts'
import type { GroupDay, ScoreDay } from './score-days.ts'

const DAY_MS = 86_400_000
/** Days of a line that is drawn; a longer time is looked at every few days. */
const MOST_DAYS = 46
/** What a score is told with: a hundredth of a percent. */
const PRECISION = 1e4

/** Days from so many before today until today, evenly apart, the oldest first. */
export function daysBack(today: string, days: number): string[] {
  const step = Math.ceil(days / (MOST_DAYS - 1))
  const end = Date.parse(today)
  return Array.from({ length: Math.floor(days / step) + 1 }, (_, index) => new Date(end - index * step * DAY_MS).toISOString().slice(0, 10)).toReversed()
}

const rounded = (score: number | null): number | null => (score === null ? null : Math.round(score * PRECISION) / PRECISION)

const dimensionsOf = (rows: readonly (Pick<ScoreDay, 'scores'> | undefined)[]): ScoreLine['dimensions'] =>
  DIMENSIONS.map((dimension) => ({ dimension, scores: rows.map((row) => rounded(row?.scores[dimension] ?? null)) }))

/** The whole of a group follows from the means of its dimensions, as its score of today does. */
const overallOf = ({ scores }: GroupDay): number | null => weightedMean(DIMENSIONS.map((dimension) => ({ score: scores[dimension] ?? null, weight: DIMENSION_WEIGHTS[dimension] })))

/** What a group's days say, on each of a list of days. */
function lineOf(days: readonly string[], rows: readonly GroupDay[]): ScoreLine {
  const byDay = new Map(rows.map((row) => [row.day, row]))
  const known = days.map((day) => byDay.get(day))
  return { overall: known.map((row) => (row === undefined ? null : rounded(overallOf(row)))), dimensions: dimensionsOf(known), entries: known.map((row) => row?.entries ?? 0) }
}

/** How the scores of the city and its departments went; days before the first entry was published are left out. */
export async function qualityTrend({ scoreDays, organisations, clock }: Pick<QualityContext, 'scoreDays' | 'organisations' | 'clock'>, back: number): Promise<QualityTrend> {
  const asked = daysBack(chinaDay(clock.now()), back)
  const rows = await scoreDays.ofGroups(asked)
  const [first] = rows
  const days = first === undefined ? [] : asked.filter((day) => day >= first.day)
  const groups = Map.groupBy(rows, ({ organisation }) => organisation)
  const city = groups.get(null) ?? []
  return {
    days, city: lineOf(days, city),
    departments: [...groups].flatMap(([organisation, own]) => (organisation === null ? [] : [{ organisation: organisations.ref(organisation), ...lineOf(days, own) }])),
  }
}

/** How the score of an entry went; the last day is today, and what it was at first is told of the first day of the period. */
export async function entryTrend({ scoreDays, clock }: Pick<QualityContext, 'scoreDays' | 'clock'>, entryCode: string, back: number): Promise<EntryTrend> {
  const now = clock.now()
  const today = chinaDay(now)
  const rows = await scoreDays.ofEntry(entryCode, chinaDay(new Date(now.getTime() - back * DAY_MS)))
  const last = rows.at(-1)
  if (last !== undefined && last.day < today) rows.push({ ...last, day: today })
  return { days: rows.map(({ day }) => day), versions: rows.map(({ version }) => version), overall: rows.map(({ overall }) => rounded(overall)), dimensions: dimensionsOf(rows) }
}
