import { Type, type Static, type TSchema } from 'typebox'
import { CalendarDate, EntryCode, Nullable, OrganisationRef } from './common.ts'
import { operation } from './operation.ts'
import { DIMENSIONS } from './quality.ts'

const Figures = Type.Array(Nullable(Type.Number({ minimum: 0, maximum: 1 })))
const EachDay = <T extends TSchema>(schema: T, description: string) => Type.Array(schema, { description: `${description}, for each of \`days\`` })

/** A score over time: one figure for each day of a list of days; null where nothing was measured. */
const line = {
  overall: Figures,
  dimensions: Type.Array(Type.Object({ dimension: Type.Enum(DIMENSIONS), scores: Figures })),
}
const GroupLine = Type.Object({ ...line, entries: EachDay(Type.Integer(), 'published entries with figures') })
export type ScoreLine = Static<typeof GroupLine>

export const QualityTrendSchema = Type.Object({
  days: Type.Array(CalendarDate, { description: 'oldest first, the last is today; as they were at the end of each, in China' }),
  city: GroupLine,
  departments: Type.Array(Type.Object({ organisation: OrganisationRef, ...GroupLine.properties })),
})
export type QualityTrend = Static<typeof QualityTrendSchema>

export const EntryTrendSchema = Type.Object({
  days: Type.Array(CalendarDate, { description: 'those on which the score changed, from the first of the period until today; in between it stayed' }),
  versions: EachDay(Type.Integer(), 'version of the data in use'),
  ...line,
})
export type EntryTrend = Static<typeof EntryTrendSchema>

const tag = 'quality'
const Period = Type.Object({ days: Type.Optional(Type.Integer({ minimum: 7, maximum: 730, default: 90, description: 'how far back' })) })
const Insiders = { provider: 'own', consumer: 'own', steward: 'all', security: 'all', auditor: 'all', leader: 'all' } as const

export const qualityTrendOperations = {
  qualityTrend: operation({
    id: 'qualityTrend', method: 'GET', path: '/api/v1/quality/trend', tag, access: Insiders,
    summary: 'How the scores of the city and of each department went, by dimension, over the entries that were published on each day', query: Period, response: QualityTrendSchema,
  }),
  getEntryTrend: operation({
    id: 'getEntryTrend', method: 'GET', path: '/api/v1/quality/entries/{code}/trend', tag, access: 'anyone',
    summary: 'How the score of an entry went, by dimension, with the version that was in use', params: Type.Object({ code: EntryCode }), query: Period, response: EntryTrendSchema,
  }),
} as const
