import { sql, type SqlBool } from 'kysely'

/** Whose applications and grants a caller may see. */
export type Sight =
  | { readonly kind: 'all' }
  | { readonly kind: 'organisation'; readonly organisation: string; readonly side?: 'consumer' | 'provider' | undefined }
  | { readonly kind: 'person'; readonly userId: string }

/** The condition on applications or grants; a department that owns some of the fields sees them as the provider does. */
export function seen(sight: Sight) {
  if (sight.kind === 'all') return sql<SqlBool>`true`
  if (sight.kind === 'person') return sql<SqlBool>`applicant_id = ${sight.userId}`
  const consumer = sql<SqlBool>`consumer_organisation = ${sight.organisation}`
  const provider = sql<SqlBool>`(provider_organisation = ${sight.organisation} or co_owners @> array[${sight.organisation}]::text[])`
  if (sight.side === 'consumer') return consumer
  if (sight.side === 'provider') return provider
  return sql<SqlBool>`(${consumer} or ${provider})`
}
