import type { Actor } from '@datong/contracts'
import { type Db, type Trx, withTables } from '@datong/metadata-store'
import type { Selectable, Updateable } from 'kysely'
import type { OpinionTable, SharingTables } from '../tables.ts'

/** What one department says to its fields of an application. */
export type OpinionRow = Selectable<OpinionTable>

type Said = Pick<Updateable<OpinionTable>, 'consented' | 'masking' | 'quota' | 'until' | 'reason' | 'legal_basis'> & {
  readonly state: 'consented' | 'refused'
  readonly decided_at: Date
  readonly actor: Actor
}

export function createOpinionStore(db: Db) {
  return {
    async ask(trx: Trx, applicationId: string, departments: readonly { organisation: string; fields: readonly string[] }[]): Promise<void> {
      await withTables<SharingTables>(trx).insertInto('sharing.opinion')
        .values(departments.map(({ organisation, fields }) => ({ application_id: applicationId, organisation, fields: [...fields], state: 'asked' as const }))).execute()
    },

    async say(trx: Trx, opinion: OpinionRow, { actor, ...said }: Said): Promise<OpinionRow> {
      return withTables<SharingTables>(trx).updateTable('sharing.opinion').set({ ...said, decided_by: JSON.stringify(actor) })
        .where('application_id', '=', opinion.application_id).where('organisation', '=', opinion.organisation).returningAll().executeTakeFirstOrThrow()
    },

    /** The entry's own department comes first in each. */
    async ofMany(applicationIds: readonly string[], trx?: Trx): Promise<Map<string, OpinionRow[]>> {
      const opinions = new Map<string, OpinionRow[]>(applicationIds.map((id) => [id, []]))
      if (applicationIds.length === 0) return opinions
      const rows = await withTables<SharingTables>(trx ?? db).selectFrom('sharing.opinion as o').innerJoin('sharing.application as a', 'a.id', 'o.application_id')
        .selectAll('o').where('o.application_id', 'in', [...applicationIds])
        .orderBy((eb) => eb('o.organisation', '=', eb.ref('a.provider_organisation')), 'desc').orderBy('o.organisation').execute()
      for (const row of rows) opinions.get(row.application_id)?.push(row)
      return opinions
    },
  }
}
