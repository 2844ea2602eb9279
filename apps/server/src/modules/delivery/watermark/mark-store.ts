import { type Db, withTables } from '@datong/metadata-store'
import type { Clock } from '@datong/kernel'
import { sql, type SqlBool } from 'kysely'
import type { DeliveryPlan } from '../plan/plan.ts'
import type { DeliveryTables } from '../tables.ts'

/** A mark that some file carries. */
export interface Mark {
  readonly grantId: string
  readonly entryCode: string
  readonly fields: readonly string[]
}

/** The register of marks that left. */
export function createMarkStore(db: Db, clock: Clock) {
  const tables = withTables<DeliveryTables>(db)
  const noted = new WeakSet<DeliveryPlan>()

  return {
    /** Notes that a file with the plan's mark is about to leave. */
    async note(plan: DeliveryPlan): Promise<void> {
      const { basis, watermark } = plan
      if (basis.kind !== 'grant' || watermark === null || watermark.fields.length === 0 || noted.has(plan)) return
      await tables.insertInto('delivery.mark').values({ grant_id: basis.grantId, entry_code: plan.entryCode, fields: [...watermark.fields], first_at: clock.now() })
        .onConflict((conflict) => conflict.columns(['grant_id', 'fields']).doNothing()).execute()
      noted.add(plan)
    },

    /** Every mark whose fields a file with these columns has. */
    async within(columns: readonly string[]): Promise<Mark[]> {
      const rows = await tables.selectFrom('delivery.mark').selectAll().where(sql<SqlBool>`fields <@ ${[...columns]}::text[]`).orderBy('first_at').execute()
      return rows.map(({ grant_id, entry_code, fields }) => ({ grantId: grant_id, entryCode: entry_code, fields }))
    },
  }
}

export type MarkStore = ReturnType<typeof createMarkStore>
