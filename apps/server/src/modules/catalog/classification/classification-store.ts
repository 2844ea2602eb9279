import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { sql, type SqlBool } from 'kysely'
import type { CatalogTables } from '../tables.ts'
import type { Sight } from '../visibility.ts'
import { seen } from '../visibility-sql.ts'

export interface ClassRecord {
  readonly code: string
  readonly parent: string | null
  readonly name: string
  readonly nameEn: string
  readonly organisation: string | null
  readonly valid: boolean
}

/** SQL of the classification. */
export function createClassificationStore(db: Db) {
  const tables = withTables<CatalogTables>(db)
  const within = (trx: Trx) => withTables<CatalogTables>(trx)
  const columns = ['code', 'parent', 'name', 'name_en as nameEn', 'organisation', 'valid'] as const

  return {
    list: (): Promise<ClassRecord[]> => tables.selectFrom('catalog.classification').select(columns).orderBy('code').execute(),

    find: (trx: Trx, code: string): Promise<ClassRecord | undefined> =>
      within(trx).selectFrom('catalog.classification').select(columns).where('code', '=', code).executeTakeFirst(),

    findOwn: (trx: Trx, organisation: string): Promise<ClassRecord | undefined> =>
      within(trx).selectFrom('catalog.classification').select(columns).where('organisation', '=', organisation).executeTakeFirst(),

    /** Locks a class until the transaction ends: of two who add below it, the second sees what the first added. */
    lock: (trx: Trx, code: string): Promise<ClassRecord | undefined> =>
      within(trx).selectFrom('catalog.classification').select(columns).where('code', '=', code).forUpdate().executeTakeFirst(),

    childrenOf: async (trx: Trx, parent: string): Promise<string[]> => {
      const rows = await within(trx).selectFrom('catalog.classification').select('code').where('parent', '=', parent).execute()
      return rows.map(({ code }) => code)
    },

    /** @returns false when the code is there already */
    insert: async (trx: Trx, { nameEn, ...row }: ClassRecord): Promise<boolean> => {
      const added = await within(trx).insertInto('catalog.classification').values({ ...row, name_en: nameEn }).onConflict((conflict) => conflict.doNothing()).returning('code').execute()
      return added.length > 0
    },

    update: async (trx: Trx, code: string, { name, nameEn, valid }: Pick<ClassRecord, 'name' | 'nameEn' | 'valid'>): Promise<void> => {
      await within(trx).updateTable('catalog.classification').set({ name, name_en: nameEn, valid }).where('code', '=', code).execute()
    },

    /** How many entries of each class the caller sees; classes without any are left out. */
    counts: async (sight: Sight): Promise<Map<string, number>> => {
      const rows = await tables.selectFrom('catalog.entry').select(['classification', sql<number>`count(*)::int`.as('count')])
        .where(sql<SqlBool>`${sql.join([sql`true`, ...seen(sight)], sql` and `)}`).groupBy('classification').execute()
      return new Map(rows.map(({ classification, count }) => [classification, count]))
    },
  }
}

export type ClassificationStore = ReturnType<typeof createClassificationStore>
