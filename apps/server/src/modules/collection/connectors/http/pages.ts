import { AppError } from '@datong/kernel'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'

/** How an interface gives its rows piece by piece. */
export interface PagingSettings {
  readonly paging: 'none' | 'page' | 'offset' | 'cursor' | 'link'
  readonly pageParameter?: string | undefined
  readonly firstPage: number
  readonly sizeParameter?: string | undefined
  readonly pageSize: number
  readonly nextField?: string | undefined
}

/** What a page told, as far as going on needs it. */
export interface PageTold {
  readonly items: number
  /** Value of `nextField`. */
  readonly next: string | null
  /** The `Link` header. */
  readonly link: string | undefined
  /** Where it came from. */
  readonly url: string
}

const MOST_PAGES = 100_000

/** The addresses of the pages, one after another. */
export function createPager(start: URL, { paging, pageParameter = paging === 'offset' ? 'offset' : paging === 'cursor' ? 'cursor' : 'page', firstPage, sizeParameter, pageSize }: PagingSettings) {
  let number = 0
  let items = 0
  const seen = new Set<string>()
  const withSize = (url: URL): URL => {
    if (sizeParameter !== undefined && paging !== 'none') url.searchParams.set(sizeParameter, String(pageSize))
    return url
  }
  const broken = (reason: string): AppError => new AppError('collection/source-unreadable', { host: start.hostname, reason })
  const at = (value: number | string): URL => {
    const url = withSize(new URL(start))
    url.searchParams.set(pageParameter, String(value))
    return url
  }
  return {
    first: (): URL => (paging === 'page' ? at(firstPage) : paging === 'offset' ? at(0) : withSize(new URL(start))),
    /** @throws AppError `collection/source-unreadable` when the pages go round in circles, `delivery/address-refused` for a page elsewhere */
    after(told: PageTold): URL | undefined {
      number++
      items += told.items
      if (number >= MOST_PAGES) throw broken('too-many-pages')
      if (paging === 'none') return undefined
      if (paging === 'page' || paging === 'offset') {
        const isLast = told.items === 0 || (sizeParameter !== undefined && told.items < pageSize)
        return isLast ? undefined : at(paging === 'page' ? firstPage + number : items)
      }
      const next = paging === 'link' ? told.next ?? nextOf(told.link) : told.next
      if (next === null) return undefined
      if (seen.has(next)) throw broken('pages-repeat')
      seen.add(next)
      if (paging === 'cursor') return at(next)
      const url = URL.parse(next, told.url)
      if (url === null || url.origin !== start.origin) throw new AppError('delivery/address-refused', { host: url?.hostname ?? start.hostname, reason: 'redirect' })
      return url
    },
  }
}

/** The target of `rel="next"`. @see RFC 8288, 3 */
function nextOf(link: string | undefined): string | null {
  for (const [, target = '', parameters = ''] of (link ?? '').matchAll(/<([^>]*)>([^<]*)/g)) {
    if (/;\s*rel\s*=\s*("(?:[^"]*\s)?next(?:\s[^"]*)?"|next\b)/i.test(parameters)) return target
  }
  return null
}

/** Finds a page that came before: an interface that does not know its parameters gives the first again and again. */
export function createRepeatGuard(host: string): (file: string) => Promise<void> {
  let before: string | undefined
  return async (file) => {
    const hash = createHash('sha256')
    await pipeline(createReadStream(file), hash)
    const digest = hash.digest('hex')
    if (digest === before) throw new AppError('collection/source-unreadable', { host, reason: 'pages-repeat' })
    before = digest
  }
}
