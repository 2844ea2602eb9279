import { Type, type Static } from 'typebox'
import { EntryCode, GradeSchema, Instant, Nullable, Revision, Words } from './common.ts'
import { operation } from './operation.ts'

export const PURPOSE_STATES = ['to-be-confirmed', 'active', 'retired'] as const
export type PurposeState = (typeof PURPOSE_STATES)[number]

export const PurposeCode = Type.String({ pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: 60, examples: ['tax-arrears-check'] })

export const PurposeSchema = Type.Object({
  code: Type.String(),
  name: Type.String(),
  nameEn: Type.String(),
  legalBasis: Type.String(),
  description: Type.String(),
  /** Words by which a purpose in free text is recognised. */
  words: Type.Array(Type.String()),
  state: Type.Enum(PURPOSE_STATES),
  revision: Revision,
  changedAt: Instant,
})
export type Purpose = Static<typeof PurposeSchema>

export const NEEDS = ['needed', 'unusual', 'unknown'] as const
export type Need = (typeof NEEDS)[number]

/** What the approved applications of a purpose say of a field. */
export const LearntSchema = Type.Object({
  support: Type.Integer({ description: 'approved applications of this purpose for this entry' }),
  share: Type.Number({ description: 'part of them with the field, 0 to 1' }),
  confidence: Type.Number({ description: 'lower bound of the 95 % Wilson interval of the part that says so, 0 to 1' }),
})
export type Learnt = Static<typeof LearntSchema>

const PurposeNeed = Type.Object({
  field: Type.String(),
  need: Type.Enum(NEEDS),
  /** Whose word it is: the steward's for this entry, the steward's for every entry, what was learnt, or nobody's. */
  by: Type.Enum(['steward-entry', 'steward', 'learnt', 'nobody']),
  reason: Type.String(),
  learnt: Nullable(LearntSchema),
})
export type PurposeNeed = Static<typeof PurposeNeed>

export const ALTERNATIVES = ['age-band', 'birth-year', 'verification', 'statistics', 'masked'] as const
export type Alternative = (typeof ALTERNATIVES)[number]

const AdvisedField = Type.Object({
  name: Type.String(),
  grade: GradeSchema,
  need: Type.Enum(NEEDS),
  by: PurposeNeed.properties.by,
  sensitive: Type.Boolean({ description: 'secret or above, or something that tells of a person' }),
  reason: Type.String(),
  learnt: Nullable(LearntSchema),
  alternatives: Type.Array(Type.Object({ kind: Type.Enum(ALTERNATIVES), masking: Nullable(Type.String({ description: 'masking method that gives it' })), reason: Type.String() })),
})
export type AdvisedField = Static<typeof AdvisedField>

const tag = 'sharing'
const CodeParams = Type.Object({ code: PurposeCode })
const Readers = { provider: 'all', consumer: 'all', steward: 'all', security: 'all', auditor: 'all', leader: 'all', developer: 'all' } as const

export const purposeOperations = {
  listPurposes: operation({
    id: 'listPurposes', method: 'GET', path: '/api/v1/sharing/purposes', tag, access: Readers, summary: 'The catalogue of purposes',
    query: Type.Object({ state: Type.Optional(Type.Enum(PURPOSE_STATES)) }), response: Type.Object({ items: Type.Array(PurposeSchema) }),
  }),
  savePurpose: operation({
    id: 'savePurpose', method: 'PUT', path: '/api/v1/sharing/purposes/{code}', tag, access: { steward: 'all' },
    summary: 'Add a purpose (revision 0) or change one', params: CodeParams,
    body: Type.Object({
      name: Words(100), nameEn: Words(200, 0), legalBasis: Words(1000), description: Words(2000, 0), words: Type.Array(Words(30), { maxItems: 50, uniqueItems: true }),
      state: Type.Enum(PURPOSE_STATES), reason: Words(500), revision: Revision,
    }),
    response: PurposeSchema,
  }),
  getPurposeNeeds: operation({
    id: 'getPurposeNeeds', method: 'GET', path: '/api/v1/sharing/purposes/{code}/needs', tag, access: Readers,
    summary: 'Fields that a purpose needs: of an entry with what was learnt, or those set for every entry', params: CodeParams,
    query: Type.Object({ entryCode: Type.Optional(EntryCode) }), response: Type.Object({ purpose: PurposeSchema, items: Type.Array(PurposeNeed) }),
  }),
  setPurposeNeeds: operation({
    id: 'setPurposeNeeds', method: 'PUT', path: '/api/v1/sharing/purposes/{code}/needs', tag, access: { steward: 'all' },
    summary: "Set which fields a purpose needs, of one entry or of every; the steward's word goes before what was learnt", params: CodeParams,
    body: Type.Object({
      entryCode: Nullable(EntryCode), reason: Words(500), revision: Revision,
      items: Type.Array(Type.Object({ field: Words(200), need: Type.Enum(['needed', 'unusual']), reason: Words(500, 0) }), { maxItems: 1000 }),
    }),
    response: Type.Object({ purpose: PurposeSchema, items: Type.Array(PurposeNeed) }),
  }),
  adviseFields: operation({
    id: 'adviseFields', method: 'POST', path: '/api/v1/sharing/advice', tag,
    access: { consumer: 'own', developer: 'own', provider: 'own', steward: 'all' },
    summary: 'Which of the asked fields the purpose needs, which are beyond it, and what coarser form would do; changes nothing',
    body: Type.Object({
      entryCode: EntryCode, purposeCode: Type.Optional(PurposeCode), purposeText: Type.Optional(Words(2000, 0)),
      fields: Type.Array(Type.String({ maxLength: 200 }), { minItems: 1, maxItems: 5000, uniqueItems: true }),
    }),
    response: Type.Object({
      purpose: Type.Object({
        code: Nullable(Type.String()), name: Nullable(Type.String()), how: Type.Enum(['chosen', 'recognised', 'other']),
        words: Type.Array(Type.String(), { description: 'words of the text that led there' }),
      }),
      fields: Type.Array(AdvisedField),
      beyondNeed: Type.Integer({ description: 'asked fields that the purpose is not known to need' }),
      needKnown: Type.Boolean(),
      /** For the whole application rather than one field. */
      alternatives: Type.Array(Type.Object({ kind: Type.Enum(ALTERNATIVES), reason: Type.String() })),
    }),
  }),
} as const
export type Advice = Static<(typeof purposeOperations)['adviseFields']['response']>
