import { Type, type Static } from 'typebox'
import { EntryCode, Id, Instant, OrganisationRef } from './common.ts'
import { operation } from './operation.ts'
import { GRANT_STATES } from './sharing-schemas.ts'

/** A grant whose mark a found file carries. */
const MatchSchema = Type.Object({
  grantId: Id,
  grantNumber: Type.String(),
  applicationId: Id,
  entryCode: EntryCode,
  entryTitle: Type.String(),
  consumer: OrganisationRef,
  provider: OrganisationRef,
  state: Type.Enum(GRANT_STATES),
  /** Fields whose content the mark orders rows by. */
  fields: Type.Array(Type.String()),
  pairs: Type.Integer({ description: 'neighbours that tell something' }),
  agreeing: Type.Integer({ description: 'of them in the order of this grant' }),
  chanceLog10: Type.Number({ description: 'decimal logarithm of the probability that a file which has nothing to do with any of the grants looked at fits one of them as well' }),
})

export const WatermarkReadingSchema = Type.Object({
  sha256: Type.String({ description: 'of the file, hexadecimal' }),
  bytes: Type.Integer(),
  columns: Type.Array(Type.String()),
  rows: Type.Integer(),
  pairs: Type.Integer({ description: 'the most neighbours that any mark could be read from' }),
  grantsLookedAt: Type.Integer({ description: 'whose marks order rows by columns that the file has' }),
  level: Type.Number({ description: 'a match is told when its chance is at most this' }),
  /** `too-little`: not even a whole mark of so few rows would be sure. */
  verdict: Type.Enum(['found', 'none', 'too-little']),
  matches: Type.Array(MatchSchema),
  readAt: Instant,
  receiptId: Id,
})
export type WatermarkReading = Static<typeof WatermarkReadingSchema>

export const watermarkOperations = {
  readWatermark: operation({
    id: 'readWatermark', method: 'POST', path: '/api/v1/delivery/watermark', tag: 'delivery', access: { security: 'all', auditor: 'all' }, consumes: 'multipart/form-data',
    summary: 'Under which grants a found file (part `file`: CSV, XLSX, JSON, NDJSON, up to 64 MB) was delivered, with the probability of a chance hit; recorded as evidence',
    response: WatermarkReadingSchema,
  }),
} as const
