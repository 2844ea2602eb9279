import type { BodyOf, operations } from '@datong/contracts'
import { AppError, uuidv7 } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import { resolveReceiver } from '../../../platform/outbound.ts'
import { storedCaller } from '../forms/stored-caller.ts'
import type { DeliveryPlan } from '../plan/plan.ts'
import { sealPurpose } from './connect.ts'
import type { PushContext } from './context.ts'
import { recordPush } from './record-push.ts'
import { pushJob } from './run-push.ts'
import type { TargetRow } from './tables.ts'

const MOST_TARGETS = 5
/** Room for the name of the table beside it, within PostgreSQL's 63 bytes. */
const MOST_TABLE_BYTES = 48

/**
 * Registers a push target of the grant's application; one that follows each version begins at once.
 * @throws AppError `delivery/no-grant`, `delivery/too-many-receivers`, `delivery/address-refused`, `request/invalid`
 */
export async function makeTarget(context: PushContext, plan: DeliveryPlan, body: BodyOf<typeof operations.makePushTarget>, caller: Caller): Promise<TargetRow> {
  const { basis } = plan
  if (basis.kind !== 'grant') throw new AppError('delivery/no-grant', { code: plan.entryCode })
  if (Buffer.byteLength(body.table) > MOST_TABLE_BYTES || body.table.trim() !== body.table || body.table.toLowerCase() === 'datong_push') {
    throw new AppError('request/invalid', {}, [{ pointer: '/table', code: 'table-name', message: '表名最长 48 字节，首尾不能有空格，不能是 datong_push' }])
  }
  if ((await context.targets.countLive(basis.appId, plan.entryCode)) >= MOST_TARGETS) throw new AppError('delivery/too-many-receivers', { limit: MOST_TARGETS })
  await resolveReceiver(body.host, 'push', context.forms)
  const id = uuidv7(context.clock, context.random)
  return inTransaction(context.store.db, async (trx) => {
    const row = await context.targets.insert(trx, {
      id, entry_code: plan.entryCode, entry_title: plan.title, provider: plan.provider, grant_id: basis.grantId, app_id: basis.appId, organisation: caller.organisation,
      maker: JSON.stringify(storedCaller(caller)), kind: body.kind, host: body.host, port: body.port, database: body.database, table_name: body.table, username: body.user,
      password: context.sealer.seal(body.password, sealPurpose(id)), tls: body.tls ?? 'verify', ca: body.ca ?? null, schedule: body.schedule ?? 'each-version',
      create_table: body.createTable ?? true, replace_existing: body.replaceExisting ?? false, state: 'idle', reason: null, version: null, next_try_at: null, busy_until: null,
      started_at: null, finished_at: null, created_at: context.clock.now(),
    })
    await recordPush(context, trx, row, 'made', caller.actor, { tls: row.tls, schedule: row.schedule })
    if (row.schedule === 'each-version') await context.jobs.enqueue(trx, pushJob, { targetId: id })
    return row
  })
}
