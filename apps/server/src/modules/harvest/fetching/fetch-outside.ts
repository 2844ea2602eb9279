import { AppError } from '@datong/kernel'
import { createWriteStream } from 'node:fs'
import { askOutside, OutsideFailure, type OutsideLimits } from '../../../platform/ask-outside.ts'
import type { OutboundSettings } from '../../../platform/outbound.ts'

/** How long a source may take and how much it may send. */
export type FetchLimits = OutsideLimits

export interface Fetched {
  /** False: the document is the one whose tag was sent along. */
  readonly isNew: boolean
  readonly etag: string | null
  /** Without parameters, lower case. */
  readonly mediaType: string
  /** Where it was found in the end. */
  readonly url: string
}

/**
 * Fetches a document of another catalogue into a file, from no address that leads inside.
 * @throws AppError `harvest/unreachable`, `harvest/refused-by-source`, `harvest/too-large`, `harvest/too-slow`, `delivery/address-refused`
 */
export async function fetchOutside(
  address: string, file: string,
  { accept, etag = null, limits, settings, signal }: {
    accept: string; etag?: string | null; limits: FetchLimits; settings: OutboundSettings; signal: AbortSignal
  },
): Promise<Fetched> {
  const headers = { accept, ...(etag === null ? {} : { 'if-none-match': etag }) }
  try {
    return await askOutside({ url: address, headers, userAgent: 'Datong harvester', use: 'harvest', limits, settings, signal }, async ({ status, headers: told, url, into }) => {
      const about = { etag: told.etag ?? null, mediaType: (told['content-type'] ?? '').split(';')[0]!.trim().toLowerCase(), url }
      if (status === 304) return { ...about, isNew: false, etag }
      if (status !== 200) throw new AppError('harvest/refused-by-source', { host: new URL(url).hostname, reason: `status-${status}` })
      await into(createWriteStream(file))
      return { ...about, isNew: true }
    })
  } catch (error) {
    throw error instanceof OutsideFailure ? inWords(error) : error
  }
}

function inWords({ kind, host, reason }: OutsideFailure): AppError {
  switch (kind) {
    case 'unreachable': return new AppError('harvest/unreachable', { host, reason })
    case 'too-many-redirects': return new AppError('harvest/refused-by-source', { host, reason })
    case 'too-large': return new AppError('harvest/too-large', { host, mostMb: Number(reason) })
    case 'too-slow': return new AppError('harvest/too-slow', { host })
  }
}
