import { fromCkanPackage } from '@datong/catalog-metadata'
import { AppError } from '@datong/kernel'
import { hash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { PAGE_LIMITS, type SourceKind } from './kind.ts'
import { problemOf } from './problem-of.ts'

const ROWS = 100

/** What `package_search` answers, as far as it is read here. */
interface Found {
  readonly success: boolean
  readonly result?: { readonly count?: unknown; readonly results?: unknown }
}

/**
 * CKAN's Action API: `package_search` in the order of ids, asked for what changed since by `metadata_modified`, as CKAN's own
 * harvester asks.
 * @see https://docs.ckan.org/en/2.11/api/#ckan.logic.action.get.package_search
 */
export const ckan: SourceKind = {
  async* pages({ url, since, from }, fetch) {
    const site = url.replace(/\/+$/, '').replace(/\/api(\/3)?(\/action)?$/, '')
    let before = ''
    for (let start = Number(from ?? 0); ;) {
      const query = new URLSearchParams({ rows: String(ROWS), start: String(start), sort: 'id asc' })
      if (since !== null) query.set('fq', `metadata_modified:[${since.toISOString()} TO *]`)
      const { file } = await fetch(`${site}/api/3/action/package_search?${query}`, { accept: 'application/json', limits: PAGE_LIMITS })
      const { count, results } = foundIn(await readFile(file, 'utf8'), url)
      // A site that does not know where to begin answers every question alike.
      const page = hash('sha256', JSON.stringify(results))
      if (results.length > 0 && page === before) throw new AppError('harvest/not-a-catalogue', { host: new URL(url).hostname, wanted: 'pages that go on' })
      before = page
      const read = results.map((value) => ({ value, dataset: fromCkanPackage(value, site) }))
      start += results.length
      yield {
        datasets: read.flatMap(({ dataset }) => dataset ?? []),
        problems: read.flatMap(({ value, dataset }) => (dataset === undefined ? [problemOf(value)] : [])),
        position: String(start),
        total: count,
      }
      // A site may give fewer rows than it was asked for: `count` says whether there are more.
      if (results.length === 0 || (count === null ? results.length < ROWS : start >= count)) return
    }
  },
}

function foundIn(text: string, url: string): { count: number | null; results: readonly unknown[] } {
  let found: Found
  try {
    found = JSON.parse(text) as Found // read with care below
  } catch {
    throw new AppError('harvest/not-a-catalogue', { host: new URL(url).hostname, wanted: 'CKAN' })
  }
  const results = found.success ? found.result?.results : undefined
  if (!Array.isArray(results)) throw new AppError('harvest/not-a-catalogue', { host: new URL(url).hostname, wanted: 'CKAN' })
  const count = found.result?.count
  return { count: typeof count === 'number' && Number.isSafeInteger(count) ? count : null, results }
}
