import type { Actor } from '@datong/contracts'
import { inTransaction, withTables } from '@datong/metadata-store'
import { sql, type SqlBool } from 'kysely'
import type { DomainEvents } from '../../platform/events.ts'
import type { CatalogContext } from './context.ts'
import { recordChange } from './entry/record-change.ts'
import type { CatalogTables } from './tables.ts'

const MERGER: Actor = { kind: 'system', id: 'catalog:merger', name: '部门合并', organisation: null }

/** Entries of a merged department, fields that it owns in others', and what it may see, become its successor's; codes stay. Each in its own transaction: cut off, it goes on. */
export async function takeMerger(context: CatalogContext, { predecessor, successor }: DomainEvents['identity.organisation-merged']): Promise<void> {
  const { db, entries, events } = context
  const rows = await withTables<CatalogTables>(db).selectFrom('catalog.entry').select('code')
    .where(sql<SqlBool>`organisation = ${predecessor} or fields @> ${JSON.stringify([{ owner: predecessor }])}::jsonb or visible_to @> array[${predecessor}]::text[]`).orderBy('code').execute()
  for (const { code } of rows) {
    await inTransaction(db, async (trx) => {
      const before = await entries.lock(trx, code)
      if (before === undefined) return
      const entry = await entries.update(trx, before, {
        organisation: before.organisation === predecessor ? successor : before.organisation,
        fields: before.fields.map((field) => (field.owner === predecessor ? { ...field, owner: successor } : field)),
        visibleTo: [...new Set(before.visibleTo.map((one) => (one === predecessor ? successor : one)))],
        changedAt: context.clock.now(),
      })
      await recordChange(trx, context, { entry, actor: MERGER, action: 'passed-on', detail: { from: predecessor, to: successor } })
      if (entry.state === 'published') await events.publish(trx, 'catalog.entry-changed', { entryCode: entry.code })
    })
  }
  await sql`update catalog.clock set organisation = ${successor} where organisation = ${predecessor}`.execute(db)
}
