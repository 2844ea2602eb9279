import type { Actor } from '@datong/contracts'
import { chinaDay } from '@datong/kernel'
import { inTransaction, notify, type Trx, withTables } from '@datong/metadata-store'
import { sql } from 'kysely'
import type { IdentityContext } from '../context.ts'
import { DIRECTORY_CHANNEL, PLANS_CHANNEL } from '../deps.ts'
import type { IdentityTables } from '../tables.ts'

/** Whoever ordered the merger is in its own evidence; passing on is the platform's work. */
const MERGER: Actor = { kind: 'system', id: 'identity:merger', name: '部门合并', organisation: null }

/** People, systems with their keys, and duties become the successor's; the event tells the other modules. */
export async function passOn(trx: Trx, context: IdentityContext, predecessor: string, successor: string): Promise<void> {
  const { evidence, events, clock, directory } = context
  const tables = withTables<IdentityTables>(trx)
  const now = clock.now()
  const detail = { from: predecessor, to: successor }
  const parties = [predecessor, successor]

  const accounts = await tables.updateTable('identity.account').set({ organisation_code: successor }).where('organisation_code', '=', predecessor).returning(['id', 'username']).execute()
  for (const { id, username } of accounts) {
    await evidence.record(trx, { chain: 'decision', action: 'identity.account.passed-on', actor: MERGER, parties, subject: { type: 'account', id, title: username }, detail })
  }
  const apps = await tables.updateTable('identity.app').set({ organisation_code: successor }).where('organisation_code', '=', predecessor).returning(['id', 'name']).execute()
  for (const { id, name } of apps) {
    await evidence.record(trx, { chain: 'decision', action: 'identity.app.passed-on', actor: MERGER, parties, subject: { type: 'app', id, title: name }, detail })
  }
  const keys = apps.length === 0 ? [] : await tables.selectFrom('identity.app_key').select('id').where('app_id', 'in', apps.map(({ id }) => id)).execute()
  for (const { id } of keys) await notify(trx, PLANS_CHANNEL, JSON.stringify({ key: id }))

  await sql`update identity.organisation set duties = (select array_agg(distinct duty order by duty) from unnest(duties || ${[...(directory.find(predecessor)?.duties ?? [])]}::text[]) as duty)
    where code = ${successor} and ${(directory.find(predecessor)?.duties.length ?? 0) > 0}`.execute(trx)
  await tables.updateTable('identity.merger').set({ done_at: now }).where('predecessor', '=', predecessor).execute()
  for (const code of [predecessor, successor]) {
    await evidence.record(trx, {
      chain: 'decision', action: 'identity.organisation.merged', actor: MERGER, parties, subject: { type: 'organisation', id: code, title: directory.ref(code).name },
      detail: { ...detail, accounts: accounts.length, apps: apps.length },
    })
  }
  await events.publish(trx, 'identity.organisation-merged', { predecessor, successor, at: now.toISOString() })
}

/** Mergers whose day has come; of several processes one does each. @returns how many there were */
export async function passOnDue(context: IdentityContext): Promise<number> {
  const { store, clock, directory } = context
  const done = await inTransaction(store.db, async (trx) => {
    const due = await withTables<IdentityTables>(trx).selectFrom('identity.merger').select(['predecessor', 'successor'])
      .where('done_at', 'is', null).where('from_day', '<=', chinaDay(clock.now())).forUpdate().skipLocked().execute()
    for (const { predecessor, successor } of due) await passOn(trx, context, predecessor, successor)
    if (due.length > 0) await notify(trx, DIRECTORY_CHANNEL, '')
    return due.length
  })
  if (done > 0) await directory.refresh()
  return done
}
