import type { Actor, EntryRevision } from '@datong/contracts'
import { type Db, type Trx, withTables } from '@datong/metadata-store'
import type { EntryRecord } from '../entry/entry.ts'
import type { CatalogTables } from '../tables.ts'
import { type Description, descriptionOf } from './description.ts'
import { changedKeys } from './differences.ts'

interface RevisionNote {
  readonly at: Date
  readonly actor: Actor
  readonly action: string
  readonly reason: string
  readonly receiptId: string
}

/** SQL of the descriptions that an entry had. */
export function createRevisionStore(db: Db) {
  const tables = withTables<CatalogTables>(db)

  return {
    /** Keeps the description as it is after a change; a second note of the same revision changes nothing. */
    async keep(trx: Trx, entry: EntryRecord, { receiptId, actor, ...note }: RevisionNote): Promise<void> {
      const within = withTables<CatalogTables>(trx)
      const before = await within.selectFrom('catalog.entry_revision').select('description').where('code', '=', entry.code).where('revision', '<', entry.revision)
        .orderBy('revision', 'desc').limit(1).executeTakeFirst()
      const description = descriptionOf(entry)
      await within.insertInto('catalog.entry_revision').values({
        ...note, code: entry.code, revision: entry.revision, actor: JSON.stringify(actor), receipt_id: receiptId,
        changed: before === undefined ? [] : changedKeys(before.description, description), description: JSON.stringify(description),
      }).onConflict((conflict) => conflict.doNothing()).execute()
    },

    /** Newest first. */
    async list(code: string, before: number | undefined, limit: number): Promise<EntryRevision[]> {
      const rows = await tables.selectFrom('catalog.entry_revision').select(['revision', 'at', 'actor', 'action', 'reason', 'receipt_id', 'changed']).where('code', '=', code)
        .$if(before !== undefined, (query) => query.where('revision', '<', before!)).orderBy('revision', 'desc').limit(limit).execute() // asked for there alone
      return rows.map(({ at, receipt_id, ...row }) => ({ ...row, at: at.toISOString(), receiptId: receipt_id }))
    },

    async find(code: string, revision: number): Promise<Partial<Description> | undefined> {
      const row = await tables.selectFrom('catalog.entry_revision').select('description').where('code', '=', code).where('revision', '=', revision).executeTakeFirst()
      return row?.description
    },
  }
}

export type RevisionStore = ReturnType<typeof createRevisionStore>
