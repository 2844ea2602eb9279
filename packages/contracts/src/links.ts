import { Type, type Static } from 'typebox'
import { EntryCode, Id, Instant, Nullable } from './common.ts'
import { DOWNLOAD_FORMATS } from './delivery.ts'
import { operation } from './operation.ts'

export const LINK_STATES = ['preparing', 'ready', 'failed', 'ended'] as const

/** A link to a file that was made once for its owner. `url` is shown only when the link is made. */
export const FileLinkSchema = Type.Object({
  id: Id,
  code: EntryCode,
  format: Type.Enum(DOWNLOAD_FORMATS),
  state: Type.Enum(LINK_STATES),
  /** Why it failed or ended: a problem code, `expired`, `used-up`, `withdrawn` or `too-many-attempts`. */
  reason: Nullable(Type.String()),
  version: Nullable(Type.Integer()),
  rowsSoFar: Type.Integer(),
  rows: Nullable(Type.Integer()),
  bytes: Nullable(Type.Integer()),
  sha256: Nullable(Type.String({ description: 'base64url' })),
  downloads: Type.Integer(),
  downloadsUsed: Type.Integer(),
  createdAt: Instant,
  expiresAt: Instant,
})
export type FileLink = Static<typeof FileLinkSchema>

const tag = 'links'
const CodeParams = Type.Object({ code: EntryCode })
const LinkParams = Type.Object({ code: EntryCode, id: Id })

export const linkOperations = {
  makeLink: operation({
    id: 'makeLink', method: 'POST', path: '/data/v1/{code}/links', tag, access: 'anyone', status: 201,
    summary: 'Makes a one-time link to a file of what the caller may have; the file is prepared at once and stays as it was then', params: CodeParams,
    body: Type.Object({
      format: Type.Enum(DOWNLOAD_FORMATS),
      expiresInMinutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 1440, default: 60 })),
      downloads: Type.Optional(Type.Integer({ minimum: 1, maximum: 5, default: 1 })),
    }),
    response: Type.Object({ ...FileLinkSchema.properties, url: Type.String({ description: 'path of the file; whoever has it has the file' }) }),
  }),
  listLinks: operation({
    id: 'listLinks', method: 'GET', path: '/data/v1/{code}/links', tag, access: 'anyone',
    summary: 'Links that the caller made for an entry, the newest first, at most 100', params: CodeParams,
    response: Type.Object({ items: Type.Array(FileLinkSchema) }),
  }),
  getLink: operation({
    id: 'getLink', method: 'GET', path: '/data/v1/{code}/links/{id}', tag, access: 'anyone',
    summary: 'State of a link: preparing with the rows so far, ready with size and digest, failed or ended with the reason', params: LinkParams, response: FileLinkSchema,
  }),
  endLink: operation({
    id: 'endLink', method: 'DELETE', path: '/data/v1/{code}/links/{id}', tag, access: 'anyone',
    summary: 'Ends a link and removes its file', params: LinkParams, response: FileLinkSchema,
  }),
  followLink: operation({
    id: 'followLink', method: 'GET', path: '/data/v1/links/{token}', tag, access: 'anyone',
    summary: 'The file of a link; `Range` and `If-Range` (RFC 9110) resume it and fetch it in parts',
    params: Type.Object({ token: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }) }), response: FileLinkSchema,
    produces: ['text/csv', 'application/json', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'application/vnd.apache.parquet'],
  }),
} as const
