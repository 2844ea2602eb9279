import { type Db, withTables } from '@datong/metadata-store'
import { sql, type SqlBool } from 'kysely'
import type { SharingTables } from '../tables.ts'

/** Who has a grant of an entry: a department, or a developer by himself. */
export interface Holder {
  readonly consumer: string | null
  readonly applicantId: string
}

/** Holders of grants that hold, or that ended within the last day: whoever is told a moment later still finds them. */
export const holdersOf = (db: Db, entryCode: string, now: Date): Promise<Holder[]> => withTables<SharingTables>(db).selectFrom('sharing.grant')
  .select(['consumer_organisation as consumer', 'applicant_id as applicantId']).distinct().where('entry_code', '=', entryCode)
  .where(sql<SqlBool>`(state in ('active', 'suspended') or (state = 'expired' and ended_at > ${new Date(now.getTime() - 86_400_000)}))`).execute()
