import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Sight } from './visibility.ts'

/** `isVisible` in the terms of the database: conditions on `catalog.entry`, all of which hold. A test holds both against each other. */
export function seen(sight: Sight): RawBuilder<SqlBool>[] {
  if (sight.kind === 'everything') return []
  if (sight.kind === 'departments') {
    return [sql<SqlBool>`(organisation = ${sight.organisation} or (state = 'published' and (visibility <> 'named' or ${sight.organisation} = any(visible_to))))`]
  }
  return [sql<SqlBool>`state = 'published'`, sql<SqlBool>`visibility = 'all'`, sql<SqlBool>`opening_type in ('open', 'on-application')`]
}
