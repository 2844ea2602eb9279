import { AppError } from '@datong/kernel'
import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { type Selectable, sql } from 'kysely'
import type { PurposeTable, PurposeTables } from './tables.ts'

export type PurposeRow = Selectable<PurposeTable>

/** The steward's word on a field. */
export interface Word {
  readonly need: 'needed' | 'unusual'
  readonly reason: string
}

/** How often approved applications of a purpose for an entry had each field. */
export interface Experience {
  readonly support: number
  readonly withField: ReadonlyMap<string, number>
}

/** The newest approved applications that are learnt from. */
const LEARN_FROM = 1_000

export function createPurposeStore(db: Db) {
  const tables = (trx?: Trx) => withTables<PurposeTables>(trx ?? db)
  return {
    async list(): Promise<PurposeRow[]> {
      return tables().selectFrom('sharing.purpose').selectAll().orderBy('position').execute()
    },

    async find(code: string, trx?: Trx): Promise<PurposeRow | undefined> {
      return tables(trx).selectFrom('sharing.purpose').selectAll().where('code', '=', code).executeTakeFirst()
    },

    async lock(trx: Trx, code: string): Promise<PurposeRow | undefined> {
      return tables(trx).selectFrom('sharing.purpose').selectAll().where('code', '=', code).forUpdate().executeTakeFirst()
    },

    /** @throws AppError `request/conflict` when another made it meanwhile */
    async insert(trx: Trx, row: Omit<PurposeRow, 'position'>): Promise<PurposeRow> {
      const added = await tables(trx).insertInto('sharing.purpose').values(row).onConflict((conflict) => conflict.column('code').doNothing()).returningAll().executeTakeFirst()
      if (added === undefined) throw new AppError('request/conflict')
      return added
    },

    async update(trx: Trx, before: PurposeRow, change: Partial<Omit<PurposeRow, 'code' | 'position'>>): Promise<PurposeRow> {
      return tables(trx).updateTable('sharing.purpose').set({ ...change, revision: before.revision + 1 }).where('code', '=', before.code).returningAll().executeTakeFirstOrThrow()
    },

    /** The steward's words for an entry, and those for whatever entry under the empty code. */
    async words(purpose: string, entry: string, trx?: Trx): Promise<Map<string, Word>> {
      const rows = await tables(trx).selectFrom('sharing.purpose_need').select(['field', 'need', 'reason']).where('purpose_code', '=', purpose).where('entry_code', '=', entry)
        .orderBy('field').execute()
      return new Map(rows.map(({ field, need, reason }) => [field, { need, reason }]))
    },

    async setWords(trx: Trx, purpose: string, entry: string, words: ReadonlyMap<string, Word>): Promise<void> {
      await tables(trx).deleteFrom('sharing.purpose_need').where('purpose_code', '=', purpose).where('entry_code', '=', entry).execute()
      if (words.size === 0) return
      await tables(trx).insertInto('sharing.purpose_need')
        .values([...words].map(([field, word]) => ({ purpose_code: purpose, entry_code: entry, field, ...word }))).execute()
    },

    /**
     * What people granted for a purpose and an entry: the fields consented to, not those asked. Grants by rule teach nothing
     * (else asking would make its own need), and neither do revoked ones.
     * @param before only what was decided by then; now when left out
     */
    async experience(purpose: string, entry: string, before?: Date, trx?: Trx): Promise<Experience> {
      const { rows } = await sql<{ support: number; field: string; count: number }>`
        with learnt as (
          select g.fields from sharing.application a join sharing.grant g on g.application_id = a.id
          where a.purpose_code = ${purpose} and a.entry_code = ${entry} and g.state <> 'revoked' and a.clock_kind = 'answer-conditional'
            and ${before === undefined ? sql`true` : sql`g.created_at < ${before}`}
            and not exists (select from sharing.ruling r where r.application_id = a.id and r.effect = 'grant')
          order by g.created_at desc limit ${LEARN_FROM}
        )
        select (select count(*)::int from learnt) as support, field, count(*)::int as count
        from learnt, unnest(learnt.fields) field group by field`.execute(trx ?? db)
      return { support: rows[0]?.support ?? 0, withField: new Map(rows.map(({ field, count }) => [field, count])) }
    },
  }
}

export type PurposeStore = ReturnType<typeof createPurposeStore>
