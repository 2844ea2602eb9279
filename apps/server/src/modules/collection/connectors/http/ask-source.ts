import { AppError } from '@datong/kernel'
import { createWriteStream } from 'node:fs'
import type { IncomingHttpHeaders } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { askOutside, OutsideFailure, type OutsideLimits } from '../../../../platform/ask-outside.ts'
import type { ConnectorTools } from '../connector.ts'
import { createOneByteGuard } from './one-byte-guard.ts'
import type { Known } from './sighting.ts'

const SECOND = 1_000
const TRIES = 4
const LONGEST_WAIT_MS = 60 * SECOND
/** Statuses that say "not now". */
const LATER = new Set([429, 502, 503, 504])

/** What shows who asks; made anew when the other side does not believe it any more. */
export interface Credentials {
  headers(): Promise<Readonly<Record<string, string>>>
  /** False: there is nothing newer to show. */
  renew(): boolean
}

export const NO_CREDENTIALS: Credentials = { headers: async () => ({}), renew: () => false }

export interface Answered {
  readonly headers: IncomingHttpHeaders
  /** Where it came from in the end. */
  readonly url: string
  /** It is what was read before: nothing was written. */
  readonly isKnown: boolean
}

/** What is asked for, and where the answer goes; without a file it is let be. */
interface Wanted {
  readonly url: string
  readonly file: string | null
  readonly accept: string
  readonly mostBytes: number
  readonly known: Known | undefined
}

export const limitsOf = (mostBytes: number): OutsideLimits => ({ idleMs: 60 * SECOND, wholeMs: 6 * 3_600 * SECOND, mostBytes })

/** Asks sources by HTTP, again where they say "later" or break off, and writes what they answer to files. */
export function createAsker(tools: ConnectorTools, credentials: Credentials, headers: Readonly<Record<string, string>> = {}) {
  const { outbound: settings, signal } = tools

  async function once({ url, file, accept, mostBytes, known }: Wanted): Promise<Answered | { readonly waitMs: number | null; readonly error: AppError }> {
    const secretHeaders = await credentials.headers()
    try {
      return await askOutside({ url, headers: { accept, ...headers, ...known?.headers }, secretHeaders, userAgent: 'Datong', use: 'source', limits: limitsOf(mostBytes), settings, signal }, async ({ status, headers: told, url: from, into }) => {
        const host = new URL(from).hostname
        if (LATER.has(status)) return { waitMs: waitOf(told['retry-after'], tools), error: refused(host, `status-${status}`) }
        if (status === 401 && credentials.renew()) return { waitMs: 0, error: refused(host, 'credentials') }
        if (status === 401 || status === 403) throw refused(host, 'credentials')
        if (known !== undefined && (status === 304 || (status === 200 && known.isSame(told)))) return { headers: told, url: from, isKnown: true }
        if (status !== 200) throw refused(host, `status-${status}`)
        if (file !== null) await into(createOneByteGuard(host), createWriteStream(file))
        return { headers: told, url: from, isKnown: false }
      })
    } catch (error) {
      if (!(error instanceof OutsideFailure)) throw error
      if (error.kind === 'unreachable') return { waitMs: null, error: inWords(error) }
      throw inWords(error)
    }
  }

  async function again(wanted: Wanted): Promise<Answered> {
    for (let attempt = 1; ; attempt++) {
      const answer = await once(wanted)
      if ('url' in answer) return answer
      if (attempt === TRIES) throw answer.error
      await sleep(answer.waitMs ?? 50 * 3 ** (attempt - 1), undefined, { signal })
    }
  }

  return {
    /** @throws AppError `collection/source-…`, `delivery/address-refused` */
    toFile: (url: string, file: string, { accept = '*/*', mostBytes = tools.maxFileBytes, known }: { accept?: string; mostBytes?: number; known?: Known | undefined } = {}): Promise<Answered> =>
      again({ url, file, accept, mostBytes, known }),
    /** Asks and lets the answer be. @throws as `toFile` */
    reach: (url: string, accept = '*/*'): Promise<Answered> => again({ url, file: null, accept, mostBytes: tools.maxFileBytes, known: undefined }),
  }
}

export type Asker = ReturnType<typeof createAsker>

export const refused = (host: string, reason: string): AppError => new AppError('collection/source-refused', { host, reason })

/** `Retry-After` in seconds or as a date. @see RFC 9110, 10.2.3 */
function waitOf(header: string | undefined, { clock }: ConnectorTools): number | null {
  if (header === undefined) return null
  const ms = /^\d+$/.test(header) ? Number(header) * SECOND : Date.parse(header) - clock.now().getTime()
  return Number.isFinite(ms) ? Math.max(0, Math.min(LONGEST_WAIT_MS, ms)) : null
}

export function inWords({ kind, host, reason }: OutsideFailure): AppError {
  switch (kind) {
    case 'unreachable': return new AppError('collection/source-unreachable', { host, reason })
    case 'too-many-redirects': return refused(host, reason)
    case 'too-large': return new AppError('collection/source-too-large', { host, mostMb: Number(reason) })
    case 'too-slow': return new AppError('collection/source-too-slow', { host })
  }
}
