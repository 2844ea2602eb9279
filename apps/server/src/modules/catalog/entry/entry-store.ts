import type { Actor, Field, Origin, TimelineItem } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { sql, type SqlBool } from 'kysely'
import type { CatalogTables } from '../tables.ts'
import { columnsOf, recordOf } from './entry-columns.ts'
import type { EntryRecord } from './entry.ts'
import { nextUpdateDueAt } from './next-update.ts'

/** Everything that a search may find an entry by, lower-cased and width-folded. */
const searchTextOf = (entry: Pick<EntryRecord, 'code' | 'title' | 'titleEn' | 'summary' | 'keywords' | 'fields'>, organisationName: string): string =>
  [entry.code, entry.title, entry.titleEn ?? '', entry.summary, ...entry.keywords, organisationName, ...entry.fields.map((field: Field) => field.name)]
    .join(' ').normalize('NFKC').toLowerCase()

/** A published entry, as far as its use and quality are judged. */
export interface PublishedEntry {
  readonly code: string
  readonly organisation: string
  readonly title: string
  readonly stars: number | null
  readonly publishedAt: Date
}

/** The present code of an entry that had another one while it was a draft. */
const now = (code: string) => sql<string>`(select code from catalog.former_code where former = ${code})`

/** SQL of the entries themselves; `organisationName` makes entries findable by their department's name. */
export function createEntryStore(db: Db, organisationName: (code: string) => string) {
  const tables = withTables<CatalogTables>(db)
  const within = (trx: Trx) => withTables<CatalogTables>(trx)

  return {
    async find(code: string, trx?: Trx): Promise<EntryRecord | undefined> {
      const reader = trx ? within(trx) : tables
      const row = await reader.selectFrom('catalog.entry').selectAll().where('code', '=', code).executeTakeFirst()
        ?? await reader.selectFrom('catalog.entry').selectAll().where('code', '=', now(code)).executeTakeFirst()
      return row && recordOf(row)
    },

    async findMany(codes: readonly string[], trx?: Trx): Promise<EntryRecord[]> {
      if (codes.length === 0) return []
      const rows = await (trx ? within(trx) : tables).selectFrom('catalog.entry').selectAll().where('code', 'in', [...codes]).execute()
      return rows.map(recordOf)
    },

    async published(): Promise<PublishedEntry[]> {
      const rows = await tables.selectFrom('catalog.entry').select(['code', 'organisation', 'title', 'stars', 'published_at']).where('state', '=', 'published').execute()
      return rows.map(({ published_at, ...entry }) => ({ ...entry, publishedAt: published_at! })) // published, so it has a date
    },

    async titlesOf(organisations: readonly string[]): Promise<{ organisation: string; title: string; code: string }[]> {
      if (organisations.length === 0) return []
      return tables.selectFrom('catalog.entry').select(['organisation', 'title', 'code']).where('organisation', 'in', [...organisations]).where('state', '<>', 'withdrawn').execute()
    },

    async codesOf(organisation: string): Promise<string[]> {
      const rows = await tables.selectFrom('catalog.entry').select('code').where('organisation', '=', organisation).execute()
      return rows.map(({ code }) => code)
    },

    /** Locks the entry until the transaction ends, so that two officers decide one after the other. */
    async lock(trx: Trx, code: string): Promise<EntryRecord | undefined> {
      const row = await within(trx).selectFrom('catalog.entry').selectAll().where('code', '=', code).forUpdate().executeTakeFirst()
        ?? await within(trx).selectFrom('catalog.entry').selectAll().where('code', '=', now(code)).forUpdate().executeTakeFirst()
      return row && recordOf(row)
    },

    async lockByOrigin(trx: Trx, { source, identifier }: Pick<Origin, 'source' | 'identifier'>): Promise<EntryRecord | undefined> {
      const row = await within(trx).selectFrom('catalog.entry').selectAll()
        .where(sql<SqlBool>`origin ->> 'source' = ${source} and origin ->> 'identifier' = ${identifier}`).forUpdate().executeTakeFirst()
      return row && recordOf(row)
    },

    /** Entries that name this one in their relations. */
    async relatedTo(code: string, trx?: Trx): Promise<EntryRecord[]> {
      const rows = await (trx ? within(trx) : tables).selectFrom('catalog.entry').selectAll().where(sql<SqlBool>`relations @> ${JSON.stringify([{ code }])}::jsonb`).orderBy('code').limit(500).execute()
      return rows.map(recordOf)
    },

    /** A number that no entry had before, six digits. */
    async nextNumber(trx: Trx): Promise<string> {
      const { rows } = await sql<{ next: number }>`select nextval('catalog.entry_number')::int as next`.execute(trx)
      return String(rows[0]!.next).padStart(6, '0') // a select without a table has one row
    },

    /** Gives a draft another code; the old one goes on finding it. */
    async rename(trx: Trx, from: string, to: string): Promise<void> {
      await within(trx).updateTable('catalog.entry').set({ code: to }).where('code', '=', from).execute()
      await within(trx).insertInto('catalog.former_code').values({ former: from, code: to }).onConflict((conflict) => conflict.doNothing()).execute()
    },

    async insert(trx: Trx, entry: EntryRecord): Promise<void> {
      const columns = columnsOf({ ...entry, nextUpdateDueAt: nextUpdateDueAt(entry.updateCycle, entry.dataUpdatedAt) })
      const search = { search_text: searchTextOf(entry, organisationName(entry.organisation)) }
      // A whole record names every column, so the partial form is complete here.
      await within(trx).insertInto('catalog.entry').values({ ...columns, ...search } as never).execute()
    },

    /**
     * Writes a change and raises the revision.
     * @throws AppError `request/conflict` when the entry is not at `revision` any more
     */
    async update(trx: Trx, before: EntryRecord, change: Partial<EntryRecord>): Promise<EntryRecord> {
      const after = { ...before, ...change }
      const due = nextUpdateDueAt(after.updateCycle, after.dataUpdatedAt)
      const row = await within(trx).updateTable('catalog.entry')
        .set({ ...columnsOf({ ...change, nextUpdateDueAt: due }), revision: before.revision + 1, search_text: searchTextOf(after, organisationName(after.organisation)) })
        .where('code', '=', before.code).where('revision', '=', before.revision)
        .returningAll().executeTakeFirst()
      if (row === undefined) throw new AppError('request/conflict')
      return recordOf(row)
    },

    async addEvent(trx: Trx, event: { code: string; at: Date; actor: Actor; action: string; reason: string; receiptId: string }): Promise<void> {
      const { receiptId, actor, ...rest } = event
      await within(trx).insertInto('catalog.entry_event').values({ ...rest, actor: JSON.stringify(actor), receipt_id: receiptId }).execute()
    },

    async history(code: string): Promise<TimelineItem[]> {
      const rows = await tables.selectFrom('catalog.entry_event').selectAll().where('code', '=', code).orderBy('id', 'desc').limit(500).execute()
      return rows.map(({ at, actor, action, reason, receipt_id }) => ({ at: at.toISOString(), actor, action, reason, receiptId: receipt_id }))
    },
  }
}

export type EntryStore = ReturnType<typeof createEntryStore>
