import { type Filter, ROW_COLUMN, type Value } from '@datong/data-engine'
import type { LakeVersion, VersionOrigin } from '../../collection/index.ts'
import type { TicketsContext } from '../context.ts'

/** A cell in a version, with how that version came about. */
export interface PlacedCell {
  readonly version: LakeVersion
  readonly origin: VersionOrigin
  /** From 0. */
  readonly row: number
}

type Tools = Pick<TicketsContext, 'collection' | 'engine'>

/** Merged versions are looked back through so far. */
const MOST_BACK = 100

/**
 * The oldest version from which a cell came along unchanged: a version of merged rows holds those of the one before it, and
 * a row is the same row by the key of the merge. A version that is kept no longer ends the way.
 */
export async function lookBack(context: Tools, code: string, cell: PlacedCell, field: string): Promise<PlacedCell> {
  let found = cell
  for (let back = 0; back < MOST_BACK; back++) {
    const older = await stepBack(context, code, found, field)
    if (older === undefined) return found
    found = older
  }
  return found
}

async function stepBack(context: Tools, code: string, { version, origin, row }: PlacedCell, field: string): Promise<PlacedCell | undefined> {
  const key = keyOf(version, origin)
  const base = origin.lineage.inputs.find((input) => input.kind === 'version' && input.entryCode === code)
  if (key.length === 0 || base?.kind !== 'version') return undefined
  const [older, before] = await Promise.all([context.collection.lake.version(code, base.version), context.collection.originOf(code, base.version)])
  const names = new Set(older?.fields.map(({ name }) => name))
  if (older === undefined || before === undefined || [...key, field].some((name) => !names.has(name))) return undefined
  const [here] = await rowsOf(context, version, [...key, field], [{ field: ROW_COLUMN, op: 'eq', value: row }])
  if (here === undefined) return undefined
  const same = key.map((name, index): Filter => {
    const value = here[index] ?? null
    return value === null ? { field: name, op: 'null' } : { field: name, op: 'eq', value }
  })
  const [there] = await rowsOf(context, older, [ROW_COLUMN, field], same)
  return there !== undefined && (there[1] ?? null) === (here.at(-1) ?? null) ? { version: older, origin: before, row: Number(there[0]) } : undefined
}

/** Fields by which a merge knew rows again; none for a version that was not merged. */
function keyOf({ fields }: LakeVersion, { lineage }: VersionOrigin): string[] {
  const step = lineage.steps.find(({ kind }) => kind === 'merge')
  const names = step?.title.split('、') ?? []
  return names.every((name) => fields.some((one) => one.name === name)) ? names : []
}

async function rowsOf({ engine }: Tools, version: LakeVersion, columns: readonly string[], filters: readonly Filter[]): Promise<readonly (readonly Value[])[]> {
  for await (const batch of engine.query({ files: version.files, schema: version.fields }, { columns, filters, limit: 1 })) return batch
  return []
}
