import { type Db, withTables } from '@datong/metadata-store'
import type { SharingTables } from './tables.ts'

/** Who was granted: a system by its key, or a department with all of its systems. */
export type GrantHolder = { readonly appId: string } | { readonly organisation: string }

/** Codes of the entries for which the holder has an active grant, the oldest grant first; at most `limit`. */
export async function grantedCodes(db: Db, holder: GrantHolder, limit: number): Promise<string[]> {
  const rows = await withTables<SharingTables>(db).selectFrom('sharing.grant').select('entry_code').where('state', '=', 'active')
    .where('appId' in holder ? 'app_id' : 'consumer_organisation', '=', 'appId' in holder ? holder.appId : holder.organisation)
    .groupBy('entry_code').orderBy((eb) => eb.fn.min('created_at')).limit(limit).execute()
  return rows.map(({ entry_code }) => entry_code)
}
