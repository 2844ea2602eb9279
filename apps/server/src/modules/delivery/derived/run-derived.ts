import type { Value } from '@datong/data-engine'
import { AppError } from '@datong/kernel'
import { objectsOf, type Reads, type RowObject } from '../graphql/reads.ts'
import type { CompiledDerived, CompiledSource } from './compile-derived.ts'

/** Rows of the first resource that one call looks at; an inner join may drop many of them. */
const MAX_SCANNED = 5_000
const PAGE = 1_000

/** One row of each resource joined so far; null where a left join found none. */
type Joined = readonly (RowObject | null)[]

export interface DerivedRows {
  readonly items: Record<string, Value>[]
  readonly complete: boolean
}

/**
 * Reads the first resource page by page and looks up the others by its values, one read a page and resource, until the
 * limit is reached. Everything goes through `Reads`: quota, masks and row filters of every input.
 * @throws AppError `delivery/query-too-large` when the conditions leave too much to look through
 */
export async function runDerived(reads: Reads, { sources, select, limit }: CompiledDerived): Promise<DerivedRows> {
  const [first, ...others] = sources
  const found: Joined[] = []
  let cursor: string | undefined
  let scanned = 0
  do {
    const page = await reads.page(first!.plan, { select: first!.fields, filters: first!.filters, sort: [], limit: Math.min(PAGE, others.length === 0 ? limit : PAGE), cursor }) // the schema asks for one at least
    scanned += page.count
    let rows: Joined[] = objectsOf(page).map((row) => [row])
    for (const source of others) rows = await joined(reads, rows, source)
    found.push(...rows)
    cursor = page.nextCursor ?? undefined
    if (scanned >= MAX_SCANNED && cursor !== undefined && found.length < limit) {
      throw new AppError('delivery/query-too-large', {}, [{ pointer: '', code: 'rows', message: `第一个资源须限定在 ${MAX_SCANNED} 行以内` }])
    }
  } while (cursor !== undefined && found.length < limit)
  const items = found.slice(0, limit).map((row) => Object.fromEntries(select.map(({ source, field, as }) => [as, row[source]?.[field.name] ?? null])))
  return { items, complete: found.length <= limit && cursor === undefined }
}

async function joined(reads: Reads, rows: readonly Joined[], { plan, fields, filters, join }: CompiledSource): Promise<Joined[]> {
  const { kind, on } = join! // every source but the first has one
  const [by, ...rest] = on
  const key = `derived ${plan.entryCode}`
  const related = await Promise.all(rows.map(async (row) => {
    const matches = await reads.related(key, { plan, by: by!.field, select: fields, filters, limit: MAX_SCANNED }, row[by!.source]?.[by!.with.name] ?? null) // on has one at least
    return matches.filter((match) => rest.every((pair) => match[pair.field.name] !== null && match[pair.field.name] === row[pair.source]?.[pair.with.name]))
  }))
  return rows.flatMap((row, index): Joined[] => {
    const matches = related[index]!
    if (matches.length === 0) return kind === 'left' ? [[...row, null]] : []
    return matches.map((match) => [...row, match])
  })
}
