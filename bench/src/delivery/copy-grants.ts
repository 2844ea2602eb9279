import { openStore, type PostgresConnection } from '@datong/metadata-store'
import { sql } from 'kysely'

/**
 * Gives other apps copies of everything that one app was granted, in one transaction. Made one by one through the product,
 * ten thousand grants take most of an hour; what is measured afterwards is reading under them, and it reads these as it
 * would read those. They have no evidence, so the rule that asks for it is off for this transaction.
 */
export async function copyGrants(connection: PostgresConnection, fromApp: string, toApps: readonly string[]): Promise<void> {
  const store = await openStore({ connection, poolSize: 1 })
  try {
    await store.db.transaction().execute(async (trx) => {
      await sql`set local session_replication_role = replica`.execute(trx)
      await sql`create temp table copied on commit drop as
        select g.id as grant_id, g.application_id, a.number, to_app, gen_random_uuid() as new_grant_id, gen_random_uuid() as new_application_id, row_number() over () as place
        from sharing.grant g join sharing.application a on a.id = g.application_id cross join unnest(${toApps}::uuid[]) as to_app
        where g.app_id = ${fromApp}::uuid`.execute(trx)
      await sql`insert into sharing.application select made.* from copied join sharing.application a on a.id = copied.application_id,
        jsonb_populate_record(a, jsonb_build_object('id', new_application_id, 'number', a.number || '-' || place, 'app_id', to_app)) as made`.execute(trx)
      await sql`insert into sharing.grant select made.* from copied join sharing.grant g on g.id = copied.grant_id,
        jsonb_populate_record(g, jsonb_build_object('id', new_grant_id, 'number', g.number || '-' || place, 'application_id', new_application_id, 'app_id', to_app)) as made`.execute(trx)
    })
    await sql`analyze sharing.grant`.execute(store.db)
  } finally {
    await store.close()
  }
}
