import { Type, type Static } from 'typebox'
import { ENTRY_STATES, RELATION_KINDS } from './catalog.ts'
import { ActorSchema, EntryCode, Id, Instant, Nullable, OrganisationRef } from './common.ts'
import { operation } from './operation.ts'

const tag = 'catalog'
const CodeParams = Type.Object({ code: EntryCode })

export const EntryRevisionSchema = Type.Object({
  revision: Type.Integer(),
  at: Instant,
  actor: ActorSchema,
  action: Type.String(),
  reason: Type.String(),
  receiptId: Nullable(Id),
  changed: Type.Array(Type.String(), { description: 'keys of the description that differ from the revision before; `fields` for information items' }),
})
export type EntryRevision = Static<typeof EntryRevisionSchema>

const ValueChange = Type.Object({ key: Type.String(), before: Type.Unknown(), after: Type.Unknown() })
export const EntryDifferencesSchema = Type.Object({
  from: Type.Integer(),
  to: Type.Integer(),
  metadata: Type.Array(ValueChange),
  fields: Type.Object({
    added: Type.Array(Type.Object({ name: Type.String(), type: Type.String() })),
    removed: Type.Array(Type.Object({ name: Type.String(), type: Type.String() })),
    changed: Type.Array(Type.Object({ name: Type.String(), properties: Type.Array(ValueChange) })),
    moved: Type.Boolean({ description: 'the same items in another order' }),
  }),
})
export type EntryDifferences = Static<typeof EntryDifferencesSchema>

export const RelatedEntrySchema = Type.Object({
  /** `to`: this entry names the other one; `from`: the other one names this. */
  direction: Type.Enum(['to', 'from']),
  kind: Type.Enum(RELATION_KINDS),
  code: EntryCode,
  title: Type.String(),
  organisation: OrganisationRef,
  state: Type.Enum(ENTRY_STATES),
})
export type RelatedEntry = Static<typeof RelatedEntrySchema>

export const revisionOperations = {
  listEntryRevisions: operation({
    id: 'listEntryRevisions', method: 'GET', path: '/api/v1/catalog/entries/{code}/revisions', tag,
    access: { provider: 'own', steward: 'all', auditor: 'all' },
    summary: 'Revisions of the description, newest first: who changed what, with receipts', params: CodeParams,
    query: Type.Object({ before: Type.Optional(Type.Integer({ minimum: 0, description: 'only revisions below this one' })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })) }),
    response: Type.Object({ items: Type.Array(EntryRevisionSchema), more: Type.Boolean() }),
  }),
  compareEntryRevisions: operation({
    id: 'compareEntryRevisions', method: 'GET', path: '/api/v1/catalog/entries/{code}/differences', tag,
    access: { provider: 'own', steward: 'all', auditor: 'all' },
    summary: 'What differs between two revisions of the description, down to each property of an information item', params: CodeParams,
    query: Type.Object({ from: Type.Integer({ minimum: 0 }), to: Type.Integer({ minimum: 0 }) }),
    response: EntryDifferencesSchema,
  }),
  listRelatedEntries: operation({
    id: 'listRelatedEntries', method: 'GET', path: '/api/v1/catalog/entries/{code}/relations', tag, access: 'anyone',
    summary: 'Entries that this one names and those that name it, as far as the caller sees them', params: CodeParams,
    response: Type.Object({ items: Type.Array(RelatedEntrySchema) }),
  }),
} as const
