import type { EndpointFacts } from '@datong/quality-rules'
import type { EntryRecord } from '../../catalog/index.ts'
import type { QualityContext } from '../context.ts'
import { askEndpoint } from './ask-endpoint.ts'
import { type Endpoint, endpointsOf, type Seen } from './endpoint.ts'
import type { EndpointRow } from './endpoint-store.ts'

/** When rules run, what was asked within this time is not asked again. */
const FRESH_MS = 300_000
/** What was seen before says nothing any more. */
const STALE_MS = 3 * 86_400_000
/** All endpoints of an entry together. */
const LONGEST_MS = 15_000
const AT_ONCE = 4

export type Ask = (entryCode: string, endpoint: Endpoint, signal: AbortSignal) => Promise<Seen>

export interface AskOptions {
  /** Which are to be asked; those that nobody asked for a while when not said. @param ageMs since it was asked, infinite for never */
  readonly isDue?: (row: EndpointRow, ageMs: number) => boolean
  readonly ask?: Ask
  readonly signal?: AbortSignal | undefined
}

export const isOld = (_row: EndpointRow, ageMs: number): boolean => ageMs >= FRESH_MS
/** Addresses elsewhere wait for their round: many descriptions may change at once. */
export const isOwnAndOld = ({ kind }: EndpointRow, ageMs: number): boolean => kind === 'rows' && ageMs >= FRESH_MS

/**
 * Notes the endpoints that an entry has now, asks those that are due, and keeps what was seen. What time does not suffice for stays to
 * be asked.
 * @returns whether one turned: is up and was not, or the other way round
 */
export async function askEntry(context: QualityContext, entry: EntryRecord, options: AskOptions = {}): Promise<boolean> {
  const { signal, isDue = isOld, ask = (code, endpoint, within) => askEndpoint(context, code, endpoint, within) } = options
  const now = context.clock.now().getTime()
  const due = (await context.endpoints.note(entry.code, endpointsOf(entry))).filter((row) => isDue(row, row.asked_at === null ? Infinity : now - row.asked_at.getTime()))
  if (due.length === 0) return false
  const limit = AbortSignal.timeout(LONGEST_MS)
  const both = signal === undefined ? limit : AbortSignal.any([signal, limit])
  const next = due.values()
  let turned = false
  const worker = async (): Promise<void> => {
    for (const { kind, address } of next) {
      if (both.aborted) return
      const seen = await ask(entry.code, { kind, address }, both)
      if (await context.endpoints.record(entry.code, address, seen, context.clock.now())) turned = true
    }
  }
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker))
  signal?.throwIfAborted()
  const failed = ends.find((end) => end.status === 'rejected')
  if (failed !== undefined && !limit.aborted) throw failed.reason
  return turned
}

/** What rules are told of endpoints. */
export const factsOfEndpoints = (rows: readonly EndpointRow[], now: Date): EndpointFacts[] =>
  rows.map(({ kind, up, asked_at: at }) => ({ kind, up: at === null || now.getTime() - at.getTime() > STALE_MS ? null : up }))
