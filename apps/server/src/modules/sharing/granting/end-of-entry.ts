import type { Actor } from '@datong/contracts'
import { inTransaction, withTables } from '@datong/metadata-store'
import type { SharingContext } from '../context.ts'
import { readMatters } from '../matter.ts'
import { refuseApplication } from '../settle.ts'
import type { SharingTables } from '../tables.ts'
import { endGrant, lockWithApplication } from './end-grant.ts'

const CATALOGUE: Actor = { kind: 'system', id: 'catalog', name: '目录', organisation: null }

/**
 * What becomes of an entry that was withdrawn: its grants end, as on their last day, and applications that still wait are
 * refused, for nobody could deliver. Each in its own transaction; may be repeated.
 */
export async function endWithEntry(context: SharingContext, entryCode: string): Promise<void> {
  const tables = withTables<SharingTables>(context.db)
  const reason = '目录条目已废止'
  const grants = await tables.selectFrom('sharing.grant').select('id').where('entry_code', '=', entryCode).where('state', 'in', ['active', 'suspended']).execute()
  for (const { id } of grants) {
    await inTransaction(context.db, async (trx) => {
      const grant = await lockWithApplication(trx, context, id)
      if (grant?.state === 'active' || grant?.state === 'suspended') await endGrant(trx, context, grant, 'expired', CATALOGUE, { reason })
    })
  }
  const waiting = await tables.selectFrom('sharing.application').select('id').where('entry_code', '=', entryCode).where('state', 'in', ['submitted', 'material-owed']).execute()
  for (const { id } of waiting) {
    await inTransaction(context.db, async (trx) => {
      const application = await context.store.lockApplication(trx, id)
      if (application?.state !== 'submitted' && application?.state !== 'material-owed') return
      const [matter] = await readMatters(context, [application], trx)
      await refuseApplication(trx, context, matter!, { by: 'bureau', actor: CATALOGUE, action: 'refused', reason, legalBasis: '条目不再发布，无从提供' }) // one in, one out
    })
  }
}
