import type { Actor } from '@datong/contracts'
import { inTransaction, withTables } from '@datong/metadata-store'
import type { DomainEvents } from '../../platform/events.ts'
import type { ListsDeps } from './context.ts'
import type { ListsTables } from './tables.ts'

const MERGER: Actor = { kind: 'system', id: 'lists:merger', name: '部门合并', organisation: null }
const LISTS = [
  ['lists.responsibility', 'responsibility', 'item'], ['lists.negative_item', 'negative-item', 'entry_code'], ['lists.demand', 'demand', 'title'],
] as const

/** What stood in the lists for a merged department stands there for its successor. Each line in its own transaction: cut off, it goes on. */
export async function takeMerger({ db, evidence }: Pick<ListsDeps, 'db' | 'evidence'>, { predecessor, successor }: DomainEvents['identity.organisation-merged']): Promise<void> {
  for (const [table, type, title] of LISTS) {
    const rows = await withTables<ListsTables>(db).selectFrom(table).select(['id', `${title} as title` as never]).where('organisation', '=', predecessor).execute() as unknown as { id: string; title: string }[] // as selected
    for (const row of rows) {
      await inTransaction(db, async (trx) => {
        await withTables<ListsTables>(trx).updateTable(table).set({ organisation: successor }).where('id', '=', row.id).where('organisation', '=', predecessor).execute()
        await evidence.record(trx, {
          chain: 'decision', action: `lists.${type}.passed-on`, actor: MERGER, parties: [predecessor, successor], subject: { type, id: row.id, title: row.title },
          detail: { from: predecessor, to: successor },
        })
      })
    }
  }
}
