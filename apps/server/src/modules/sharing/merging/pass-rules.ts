import { type Trx, withTables } from '@datong/metadata-store'
import type { SharingContext } from '../context.ts'
import { createDutyStore } from '../rules/duty-store.ts'
import type { RuleTables } from '../rules/tables.ts'
import { MERGER, type Merger } from './parties.ts'

/** A department's own rule goes on as its successor's. */
export async function passRule(trx: Trx, { evidence }: SharingContext, id: string, { predecessor, successor }: Merger): Promise<void> {
  const row = await withTables<RuleTables>(trx).updateTable('sharing.rule').set((eb) => ({ scope_organisation: successor, revision: eb('revision', '+', 1) }))
    .where('id', '=', id).where('scope_organisation', '=', predecessor).returning('revision').executeTakeFirst()
  if (row === undefined) return
  await evidence.record(trx, {
    chain: 'decision', action: 'sharing.rule.passed-on', actor: MERGER, parties: [successor], subject: { type: 'rule', id, title: '' }, detail: { from: predecessor, to: successor },
  })
}

/** The successor's duties are both departments'. */
export async function passDuties(trx: Trx, { evidence, db, clock }: SharingContext, { predecessor, successor }: Merger): Promise<void> {
  const duties = createDutyStore(db)
  const found = await duties.of([predecessor, successor], trx)
  const passing = found.get(predecessor)
  if (passing === undefined) return
  const own = found.get(successor)
  const both = <T>(one: readonly T[], other: readonly T[]): T[] => [...new Set([...one, ...other])]
  await duties.put(trx, {
    organisation: successor, purposes: both(own?.purposes ?? [], passing.purposes), words: both(own?.words ?? [], passing.words),
    changed_at: clock.now(), changed_by: JSON.stringify(MERGER),
  }, own?.revision ?? 0)
  await withTables<RuleTables>(trx).deleteFrom('sharing.duty_list').where('organisation', '=', predecessor).execute()
  for (const id of [predecessor, successor]) {
    await evidence.record(trx, {
      chain: 'decision', action: 'sharing.duties.passed-on', actor: MERGER, parties: [successor], subject: { type: 'duty-list', id, title: '' }, detail: { from: predecessor, to: successor },
    })
  }
}
