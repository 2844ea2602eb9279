import { Type, type Static } from 'typebox'
import { EntryCode, Instant, Nullable, OrganisationCode, OrganisationRef, Page, PageQuery } from './common.ts'
import { operation } from './operation.ts'

export const METADATA_BANDS = ['excellent', 'good', 'sufficient', 'bad'] as const

const Points = Type.Number({ minimum: 0, maximum: 405, description: 'of 405, by the Metadata Quality Assessment of data.europa.eu' })
const Completeness = Type.Number({ minimum: 0, maximum: 1, description: 'share of the core metadata that apply and are filled in' })

const Figures = {
  entries: Type.Integer(),
  points: Nullable(Type.Number({ description: 'mean of the entries; null without any' })),
  completeness: Nullable(Type.Number()),
  bands: Type.Object({ excellent: Type.Integer(), good: Type.Integer(), sufficient: Type.Integer(), bad: Type.Integer() }),
}

const IndicatorFigures = Type.Object({
  id: Type.String(), dimension: Type.String(), max: Type.Number(), points: Type.Number({ description: 'mean of the entries' }),
  lacking: Type.Integer({ description: 'entries that do not have all of its points' }),
})

const IndicatorPoints = Type.Object({ id: Type.String(), dimension: Type.String(), max: Type.Number(), points: Type.Number() })

export const MetadataScoreSchema = Type.Object({
  entryCode: EntryCode,
  title: Type.String(),
  organisation: OrganisationRef,
  points: Points,
  band: Type.Enum(METADATA_BANDS),
  completeness: Completeness,
  indicators: Type.Array(IndicatorPoints),
  missing: Type.Array(Type.String({ description: 'core metadata that apply and are not filled in' })),
  computedAt: Instant,
})
export type MetadataScore = Static<typeof MetadataScoreSchema>

const tag = 'metadata-quality'
const OfDepartments = { provider: 'own', steward: 'all', auditor: 'all', leader: 'all' } as const

export const metadataQualityOperations = {
  metadataQuality: operation({
    id: 'metadataQuality', method: 'GET', path: '/api/v1/catalog/metadata-quality', tag, access: OfDepartments,
    summary: 'Quality of the descriptions of published entries: the whole, departments, and where points are to be gained',
    query: Type.Object({ organisation: Type.Optional(OrganisationCode) }),
    response: Type.Object({
      whole: Type.Object(Figures),
      departments: Type.Array(Type.Object({ organisation: OrganisationRef, ...Figures })),
      indicators: Type.Array(IndicatorFigures),
    }),
  }),
  listMetadataScores: operation({
    id: 'listMetadataScores', method: 'GET', path: '/api/v1/catalog/metadata-quality/entries', tag, access: OfDepartments,
    summary: 'Entries by the quality of their descriptions, the worst first',
    query: Type.Object({ ...PageQuery, organisation: Type.Optional(OrganisationCode), band: Type.Optional(Type.Enum(METADATA_BANDS)), lacking: Type.Optional(Type.String({ maxLength: 40, description: 'indicator of which points are missing' })) }),
    response: Page(MetadataScoreSchema),
  }),
  getMetadataScore: operation({
    id: 'getMetadataScore', method: 'GET', path: '/api/v1/catalog/metadata-quality/entries/{code}', tag,
    access: { provider: 'own', consumer: 'own', steward: 'all', security: 'own', auditor: 'all', leader: 'own' },
    summary: 'Quality of the description of one entry that the caller sees; worked out anew, also for one that is not published yet',
    params: Type.Object({ code: EntryCode }), response: MetadataScoreSchema,
  }),
} as const
