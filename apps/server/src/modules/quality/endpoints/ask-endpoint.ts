import { isAppError } from '@datong/kernel'
import { setTimeout as sleep } from 'node:timers/promises'
import { askOutside, OutsideFailure } from '../../../platform/ask-outside.ts'
import type { OutboundSettings } from '../../../platform/outbound.ts'
import type { Endpoint, Seen } from './endpoint.ts'

/** One question takes no longer. */
const LONGEST_MS = 5_000
/** What fails is asked once more after so long: a server that is being started again is not down. */
const AGAIN_AFTER_MS = 250
/** Answers that an endpoint is there, though not for who has no key or asks too often. */
const THERE: ReadonlySet<number> = new Set([401, 403, 405, 407, 429])
/** Where the platform itself does not go, nothing is known. */
const NOT_ASKED: ReadonlySet<string> = new Set(['not-allowed', 'protocol', 'credentials'])

/** How endpoints are asked. */
export interface AskDeps {
  /** Reads a row as a call would; nothing of it leaves. @returns the status that a call would have had */
  readonly askRows: (entryCode: string, signal: AbortSignal) => Promise<number>
  readonly outbound: OutboundSettings
}

/**
 * Asks one endpoint, a failure twice. Of addresses elsewhere only the head of the answer is taken, and each, redirects too, goes through
 * the platform's outbound guard.
 * @throws the reason of `signal`
 */
export async function askEndpoint(deps: AskDeps, entryCode: string, endpoint: Endpoint, signal: AbortSignal): Promise<Seen> {
  const first = await askOnce(deps, entryCode, endpoint, signal)
  if (first.up !== false) return first
  await sleep(AGAIN_AFTER_MS, undefined, { signal })
  return askOnce(deps, entryCode, endpoint, signal)
}

async function askOnce(deps: AskDeps, entryCode: string, { kind, address }: Endpoint, signal: AbortSignal): Promise<Seen> {
  const started = performance.now()
  const seen = await (kind === 'rows' ? askOwn(deps, entryCode, signal) : askLink(deps, address, signal))
  return { ...seen, milliseconds: Math.round(performance.now() - started) }
}

type Answer = Omit<Seen, 'milliseconds'>

const answered = (status: number): Answer => ({ up: (status >= 200 && status < 400) || THERE.has(status), status, reason: null })
const silent = (reason: string): Answer => ({ up: false, status: null, reason })

async function askOwn({ askRows }: AskDeps, entryCode: string, signal: AbortSignal): Promise<Answer> {
  const limit = AbortSignal.timeout(LONGEST_MS)
  const both = AbortSignal.any([signal, limit])
  const over = new Promise<never>((_, reject) => both.addEventListener('abort', () => reject(both.reason), { once: true }))
  try {
    const status = await Promise.race([askRows(entryCode, both), over])
    // Whoever owns it may read it: a refusal is a fault of the interface.
    return { up: status < 400, status, reason: null }
  } catch (error) {
    signal.throwIfAborted()
    if (limit.aborted) return silent('too-slow')
    throw error
  }
}

async function askLink({ outbound: settings }: AskDeps, url: string, signal: AbortSignal): Promise<Answer> {
  const limits = { idleMs: LONGEST_MS, wholeMs: LONGEST_MS, mostBytes: 0 }
  try {
    const status = await askOutside({ url, headers: { accept: '*/*' }, userAgent: 'Datong endpoint check', use: 'source', limits, settings, signal }, async (answer) => answer.status)
    return answered(status)
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof OutsideFailure) return silent(error.kind === 'unreachable' ? error.reason : error.kind)
    if (!isAppError(error)) throw error
    const reason = String(error.params['reason'])
    return NOT_ASKED.has(reason) ? { up: null, status: null, reason } : silent(reason)
  }
}
