import { defineJob } from '@datong/job-runner'
import { queueCheck } from '../checking/check-job.ts'
import type { QualityContext } from '../context.ts'
import { askEndpoint } from './ask-endpoint.ts'
import { type Ask, askEntry } from './ask-entry.ts'
import { endpointsOf, type Seen } from './endpoint.ts'
import type { EndpointRow } from './endpoint-store.ts'

const askJob = defineJob<Record<string, never>>('quality/ask-endpoints', { policy: 'exclusive', retryLimit: 1, expireInSeconds: 1_800 })

const MINUTE = 60_000
const EVERY_MS = 10 * MINUTE
/** The own interface, and what did not answer. */
const SOON_MS = 60 * MINUTE
/** Addresses elsewhere that answered. */
const LATE_MS = 24 * 60 * MINUTE
const KEPT_MS = 30 * 24 * 60 * MINUTE
const MOST_ENTRIES = 500
const AT_ONCE = 8
/** A round ends then, whatever is left. */
const LONGEST_MS = 8 * MINUTE
const PAGE = 200

/** Asks what is due and lets the scores follow. @param ages how long ago it was asked; 0 for all @returns how many entries were asked */
async function askDue(context: QualityContext, ages: { readonly soonMs: number; readonly lateMs: number } = { soonMs: SOON_MS, lateMs: LATE_MS }, signal?: AbortSignal): Promise<number> {
  const started = context.clock.now().getTime()
  const isDue = ({ kind, up }: EndpointRow, ageMs: number): boolean => ageMs >= ages.lateMs || (ageMs >= ages.soonMs && (kind === 'rows' || up === false))
  const codes = await context.endpoints.due({ soon: new Date(started - ages.soonMs), late: new Date(started - ages.lateMs) }, MOST_ENTRIES)
  const end = performance.now() + LONGEST_MS
  const ask = oncePerAddress(context)
  const next = codes.values()
  let asked = 0
  const worker = async (): Promise<void> => {
    for (const code of next) {
      signal?.throwIfAborted()
      if (performance.now() > end) return
      const entry = await context.catalog.find(code)
      if (entry === undefined) await context.endpoints.forget(code)
      else if (await askEntry(context, entry, { isDue, ask, signal })) await queueCheck(context.db, context, code, 'facts')
      asked++
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  await context.endpoints.forgetBefore(new Date(started - KEPT_MS))
  return asked
}

/** Many entries may lead to one address: it is asked once a round. */
function oncePerAddress(context: QualityContext): Ask {
  const asked = new Map<string, Promise<Seen>>()
  return (code, endpoint, signal) => {
    if (endpoint.kind === 'rows') return askEndpoint(context, code, endpoint, signal)
    const known = asked.get(endpoint.address)
    // Whoever asked first may have run out of time.
    const seen = known === undefined ? askEndpoint(context, code, endpoint, signal) : known.catch(() => askEndpoint(context, code, endpoint, signal))
    asked.set(endpoint.address, seen)
    return seen
  }
}

/** Asks all that is published, whenever it was asked last, as far as a round goes. @returns how many entries were asked */
export async function askAll(context: QualityContext): Promise<number> {
  await noteAll(context)
  return askDue(context, { soonMs: 0, lateMs: 0 })
}

/** Notes the endpoints of all that is published, also of what was published before anybody asked. */
async function noteAll({ catalog, endpoints }: QualityContext, signal?: AbortSignal): Promise<void> {
  for (let after = ''; signal?.aborted !== true;) {
    const entries = await catalog.eachPublished({ audience: 'departments', after, limit: PAGE })
    for (const entry of entries) await endpoints.note(entry.code, endpointsOf(entry))
    const last = entries.at(-1)
    if (last === undefined || entries.length < PAGE) return
    after = last.code
  }
}

/** A round every ten minutes; the first of each day, and of each process, looks at all that is published. */
export function createWatch(context: QualityContext) {
  let timer: NodeJS.Timeout | undefined
  let notedAt = -Infinity
  const ask = (): void => {
    context.jobs.enqueue(context.db, askJob, {}, { key: 'all' }).catch((error: unknown) => context.log.warn({ err: error }, 'endpoints could not be asked'))
  }
  return {
    async start(): Promise<void> {
      await context.jobs.work(askJob, async (_, { signal }) => {
        if (context.clock.now().getTime() - notedAt >= LATE_MS) {
          await noteAll(context, signal)
          notedAt = context.clock.now().getTime()
        }
        await askDue(context, undefined, signal)
      })
      timer = setInterval(ask, EVERY_MS)
      timer.unref()
    },
    async stop(): Promise<void> {
      clearInterval(timer)
    },
  }
}
