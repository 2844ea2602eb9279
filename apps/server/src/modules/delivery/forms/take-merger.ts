import type { Db } from '@datong/metadata-store'
import { sql } from 'kysely'
import type { DomainEvents } from '../../../platform/events.ts'

/** Tables of forms that know the consumer's and the provider's department. */
const FORMS = ['link', 'webhook', 'push_target'] as const

/** What goes on by itself belongs to the successor of a merged department. Usage stays where it was: it is history. Again changes nothing. */
export async function takeMerger(db: Db, { predecessor, successor }: DomainEvents['identity.organisation-merged']): Promise<void> {
  for (const form of FORMS) {
    await sql`update delivery.${sql.ref(form)} set organisation = ${successor} where organisation = ${predecessor}`.execute(db)
    await sql`update delivery.${sql.ref(form)} set provider = ${successor} where provider = ${predecessor}`.execute(db)
  }
  // Names of derived interfaces are their owner's: one that the successor has already gets the end of the old code.
  await sql`update delivery.derived d set organisation = ${successor},
    name = case when exists (select from delivery.derived o where o.organisation = ${successor} and o.name = d.name) then d.name || '-' || lower(right(${predecessor}, 8)) else d.name end
    where organisation = ${predecessor}`.execute(db)
}
