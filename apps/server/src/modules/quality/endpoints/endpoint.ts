import type { EntryRecord } from '../../catalog/index.ts'

/** A place at which a published entry is to be had: `rows` the platform's own interface, `link` an address elsewhere. */
export interface Endpoint {
  readonly kind: 'rows' | 'link'
  /** Path of the own interface, whole address of another one. */
  readonly address: string
}

/** What an endpoint answered, or why it did not. */
export interface Seen {
  /** null: it must not be asked. */
  readonly up: boolean | null
  /** Of HTTP; null without an answer. */
  readonly status: number | null
  readonly milliseconds: number
  readonly reason: string | null
}

/** Links of an entry beyond these are not asked. */
const MOST_LINKS = 20

/** The endpoints of an entry: none before it is published, its own only once a version is in use. */
export function endpointsOf({ code, state, version, links }: Pick<EntryRecord, 'code' | 'state' | 'version' | 'links'>): Endpoint[] {
  if (state !== 'published') return []
  const addresses = [...new Set(links.map(({ url }) => url).filter((url) => /^https?:/i.test(url)))].slice(0, MOST_LINKS)
  return [...(version === null ? [] : [{ kind: 'rows' as const, address: `/data/v1/${code}/rows` }]), ...addresses.map((address) => ({ kind: 'link' as const, address }))]
}
