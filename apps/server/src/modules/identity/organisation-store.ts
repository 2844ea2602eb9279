import type { Organisation } from '@datong/contracts'
import { type Db, type Trx, withTables } from '@datong/metadata-store'
import type { IdentityTables } from './tables.ts'

export interface Region {
  readonly code: string
  readonly name: string
  readonly nameEn: string
  readonly parentCode: string | null
  readonly level: 'city' | 'county' | 'town' | 'village'
}

const REGIONS_AT_ONCE = 1_000

/** Children of a region; without a parent the topmost ones. */
export async function listRegions(db: Db, parent: string | undefined): Promise<Region[]> {
  const rows = await withTables<IdentityTables>(db).selectFrom('identity.region').selectAll()
    .where('parent_code', parent === undefined ? 'is' : '=', parent ?? null).orderBy('code').execute()
  return rows.map((row) => ({ code: row.code, name: row.name, nameEn: row.name_en, parentCode: row.parent_code, level: row.level }))
}

/** Codes and names of all regions of the installation. */
export async function allRegions(db: Db): Promise<{ code: string; name: string }[]> {
  return withTables<IdentityTables>(db).selectFrom('identity.region').select(['code', 'name']).orderBy('code').execute()
}

/** Adds the regions that are missing; parents come before their children. */
export async function addRegions(trx: Trx, regions: readonly Region[]): Promise<void> {
  for (let from = 0; from < regions.length; from += REGIONS_AT_ONCE) {
    await withTables<IdentityTables>(trx).insertInto('identity.region').values(regions.slice(from, from + REGIONS_AT_ONCE).map((region) => ({
      code: region.code, name: region.name, name_en: region.nameEn, parent_code: region.parentCode, level: region.level,
    }))).onConflict((conflict) => conflict.column('code').doNothing()).execute()
  }
}

export async function listOrganisations(db: Db): Promise<Organisation[]> {
  const rows = await withTables<IdentityTables>(db).selectFrom('identity.organisation as o').leftJoin('identity.merger as m', 'm.predecessor', 'o.code')
    .selectAll('o').select(['m.successor', 'm.from_day', 'm.done_at']).orderBy('o.position').execute()
  return rows.map((row) => ({
    code: row.code, name: row.name, nameEn: row.name_en, shortName: row.short_name, regionCode: row.region_code,
    kind: row.kind, duties: row.duties,
    ...(row.successor === null || row.from_day === null ? {} : { merger: { into: row.successor, from: row.from_day, done: row.done_at !== null } }),
  }))
}

/** @returns false when it is there already */
export async function addOrganisation(trx: Trx, organisation: Organisation): Promise<boolean> {
  const added = await withTables<IdentityTables>(trx).insertInto('identity.organisation').values({
    code: organisation.code, name: organisation.name, name_en: organisation.nameEn, short_name: organisation.shortName,
    region_code: organisation.regionCode, kind: organisation.kind, duties: organisation.duties,
  }).onConflict((conflict) => conflict.column('code').doNothing()).returning('code').execute()
  return added.length > 0
}
