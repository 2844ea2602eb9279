import { type Db, inTransaction, type Trx, withTables } from '@datong/metadata-store'
import type { IdentityTables } from './tables.ts'

/** Wrong passwords in a row that are free of waiting. */
export const FREE_ATTEMPTS = 5
const FIRST_WAIT_MS = 30_000
const LONGEST_WAIT_MS = 3_600_000
/** After a day without a try the count begins anew. */
const FORGET_AFTER_MS = 86_400_000

export type Attempt =
  | { readonly allowed: true; readonly failures: number }
  | { readonly allowed: false; readonly until: Date }

/** How long the name waits after its nth failure in a row. */
export const waitAfterMs = (failures: number): number =>
  failures < FREE_ATTEMPTS ? 0 : Math.min(FIRST_WAIT_MS * 2 ** (failures - FREE_ATTEMPTS), LONGEST_WAIT_MS)

/**
 * Counts a try before its password is looked at, so that many tries at once cannot slip through. Names that do not
 * exist are counted like those that do.
 */
export async function beginAttempt(db: Db, nameHash: Buffer, now: Date): Promise<Attempt> {
  return inTransaction(db, async (trx) => {
    const tables = withTables<IdentityTables>(trx)
    // One statement makes or finds the row and holds it: between two, another right password could forget it.
    const row = await tables.insertInto('identity.sign_in_attempt').values({ name_hash: nameHash, failures: 0, last_at: now, locked_until: null })
      .onConflict((conflict) => conflict.column('name_hash').doUpdateSet({ name_hash: nameHash })).returningAll().executeTakeFirstOrThrow()
    if (row.locked_until !== null && row.locked_until > now) return { allowed: false, until: row.locked_until }
    const failures = now.getTime() - row.last_at.getTime() > FORGET_AFTER_MS ? 1 : row.failures + 1
    const waitMs = waitAfterMs(failures)
    await tables.updateTable('identity.sign_in_attempt').where('name_hash', '=', nameHash)
      .set({ failures, last_at: now, locked_until: waitMs === 0 ? null : new Date(now.getTime() + waitMs) }).execute()
    return { allowed: true, failures }
  })
}

/** After the right password: nothing is counted any more. Old counts of all names go too. */
export async function forgetAttempts(trx: Trx, nameHash: Buffer, now: Date): Promise<void> {
  await withTables<IdentityTables>(trx).deleteFrom('identity.sign_in_attempt')
    .where((where) => where.or([where('name_hash', '=', nameHash), where('last_at', '<', new Date(now.getTime() - FORGET_AFTER_MS))])).execute()
}
