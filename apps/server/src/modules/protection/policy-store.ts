import { type Db, notify, type Trx, withTables } from '@datong/metadata-store'
import { type Insertable, sql } from 'kysely'
import { type MaskingPolicy, policyOf } from './masking-policy.ts'
import type { PolicyTable, ProtectionTables } from './tables.ts'

/** Every process that holds compiled plans listens here; `{}` means that all of them are outdated. */
const PLANS_CHANNEL = 'datong_plans'

/** SQL of the masking policy; each change is a revision that stays. */
export function createPolicyStore(db: Db) {
  return {
    async current(trx?: Trx): Promise<MaskingPolicy> {
      const row = await withTables<ProtectionTables>(trx ?? db).selectFrom('protection.policy').select(['revision', 'rules'])
        .orderBy('revision', 'desc').limit(1).executeTakeFirst()
      return policyOf(row?.revision ?? 0, row?.rules ?? [])
    },

    /** Lets one change at a time look at the policy, until the transaction ends. */
    async lock(trx: Trx): Promise<MaskingPolicy> {
      await sql`select pg_advisory_xact_lock(hashtext('protection.policy'))`.execute(trx)
      return this.current(trx)
    },

    /** Commits only with evidence about the revision; every process compiles its plans again. */
    async insert(trx: Trx, row: Insertable<PolicyTable>): Promise<void> {
      await withTables<ProtectionTables>(trx).insertInto('protection.policy').values(row).execute()
      await notify(trx, PLANS_CHANNEL, '{}')
    },
  }
}

export type PolicyStore = ReturnType<typeof createPolicyStore>
