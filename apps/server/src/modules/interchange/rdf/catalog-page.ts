import { catalogToDcat, type PageDescription } from '@datong/catalog-metadata'
import { AppError } from '@datong/kernel'
import { PUBLIC_CALLER } from '../../../platform/caller.ts'
import type { InterchangeDeps } from '../context.ts'
import { describeCatalog } from '../dataset/catalog.ts'
import type { Published } from '../dataset/published.ts'
import type { Ending } from './syntaxes.ts'

/** Data sets on a page, as CKAN's readers and harvesters expect. */
const PAGE_SIZE = 100
/** How long the size of the whole may lag behind; counting half a million entries for each page would cost more than the page. */
const COUNT_LIVES_MS = 15_000

interface Extent {
  readonly total: number
  /** The code after which the last page begins. */
  readonly lastAfter: string
  readonly until: number
}

/** Pages of the catalogue by code, which never changes: what is edited while somebody reads is neither lost nor met twice. */
export function createCatalogPages(deps: InterchangeDeps, published: Published) {
  const { catalog, clock } = deps
  let whole: Extent | undefined

  async function extentOf(modifiedSince: Date | undefined): Promise<Extent> {
    const now = clock.now().getTime()
    if (modifiedSince === undefined && whole !== undefined && whole.until > now) return whole
    const total = await catalog.countPublished({ audience: 'public', ...(modifiedSince === undefined ? {} : { modifiedSince }) })
    const before = Math.floor((total - 1) / PAGE_SIZE) * PAGE_SIZE - 1
    const condition = modifiedSince === undefined ? { all: [] } : { instant: 'changedAt' as const, from: modifiedSince, to: null, withFrom: true, withTo: false }
    const [lastAfter = ''] = before < 0 ? [] : await catalog.selectCodes({ condition, offset: before, limit: 1, publicOnly: true }, PUBLIC_CALLER)
    const extent = { total, lastAfter, until: now + COUNT_LIVES_MS }
    if (modifiedSince === undefined) whole = extent
    return extent
  }

  return {
    /** @returns the graph of the page, and when the newest of its descriptions changed */
    async page(base: string, ending: Ending, query: { readonly after: string; readonly modifiedSince: Date | undefined }) {
      const { after, modifiedSince } = query
      const entries = await catalog.eachPublished({ audience: 'public', after, limit: PAGE_SIZE + 1, ...(modifiedSince === undefined ? {} : { modifiedSince }) })
      const shown = entries.slice(0, PAGE_SIZE)
      const { total, lastAfter } = await extentOf(modifiedSince)
      const addressOf = (from: string): string => {
        const conditions = new URLSearchParams({ ...(modifiedSince === undefined ? {} : { modified_since: modifiedSince.toISOString() }), ...(from === '' ? {} : { after: from }) }).toString()
        return `${base}/catalog.${ending}${conditions === '' ? '' : `?${conditions}`}`
      }
      const next = entries.length > PAGE_SIZE ? shown.at(-1)?.code : undefined
      const place: PageDescription = {
        self: addressOf(after), first: addressOf(''), previous: null, next: next === undefined ? null : addressOf(next), last: addressOf(lastAfter), totalItems: total,
      }
      return catalogToDcat(describeCatalog(deps, base), await published.describeAll(shown, base), place)
    },
  }
}

export type CatalogPages = ReturnType<typeof createCatalogPages>

/** The conditions of a page from its address. @throws AppError `request/invalid` */
export function pageQueryOf(query: unknown): { after: string; modifiedSince: Date | undefined } {
  const { after = '', modified_since: since } = query as Record<string, unknown> // Fastify parses a query into such a record
  const moment = since === undefined ? undefined : new Date(String(since))
  const issues = [
    ...(typeof after === 'string' && /^([0-9]{6,12}-[0-9]{6})?$/.test(after) ? [] : [{ pointer: '/query/after', code: 'pattern', message: 'must be the code of an entry' }]),
    ...(moment !== undefined && (Number.isNaN(moment.getTime()) || !/^\d{4}-\d{2}-\d{2}/.test(String(since))) ? [{ pointer: '/query/modified_since', code: 'format', message: 'must be a date or an instant (RFC 3339)' }] : []),
  ]
  if (issues.length > 0) throw new AppError('request/invalid', {}, issues)
  return { after: String(after), modifiedSince: moment }
}
