import { type Db, withTables } from '@datong/metadata-store'
import { sql, type SqlBool } from 'kysely'
import type { InterchangeTables } from './tables.ts'

/** SQL of links to elsewhere: which there are, and whether they answered when somebody last looked. */
export function createLinkStore(db: Db) {
  const tables = withTables<InterchangeTables>(db)
  return {
    /** Notes the links that an entry has now; what is known about those that stay is kept. */
    async note(entryCode: string, urls: readonly string[]): Promise<void> {
      const gone = tables.deleteFrom('interchange.link_check').where('entry_code', '=', entryCode)
      await (urls.length === 0 ? gone : gone.where('url', 'not in', [...urls])).execute()
      if (urls.length === 0) return
      await tables.insertInto('interchange.link_check').values([...new Set(urls)].map((url) => ({ entry_code: entryCode, url, reached: null, checked_at: null })))
        .onConflict((conflict) => conflict.doNothing()).execute()
    },

    /** Whether addresses answered; those that nobody has looked at are absent. */
    async reached(entryCodes: readonly string[]): Promise<ReadonlyMap<string, boolean>> {
      if (entryCodes.length === 0) return new Map()
      const rows = await tables.selectFrom('interchange.link_check').select(['url', 'reached']).where('entry_code', 'in', [...entryCodes]).where('reached', 'is not', null).execute()
      return new Map(rows.map(({ url, reached }) => [url, reached === true]))
    },

    /** Addresses to look at, those longest not looked at first. @param before those looked at since then are left out */
    async due(before: Date, limit: number): Promise<string[]> {
      const { rows } = await sql<{ url: string }>`select url from interchange.link_check where ${sql<SqlBool>`checked_at is null or checked_at < ${before}`}
        group by url order by min(checked_at) nulls first, url limit ${limit}`.execute(db)
      return rows.map(({ url }) => url)
    },

    /** @returns the entries that have the address */
    async checked(url: string, reached: boolean, at: Date): Promise<string[]> {
      const rows = await tables.updateTable('interchange.link_check').set({ reached, checked_at: at }).where('url', '=', url).returning('entry_code').execute()
      return rows.map(({ entry_code: code }) => code)
    },
  }
}

export type LinkStore = ReturnType<typeof createLinkStore>
