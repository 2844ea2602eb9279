import { Type, type Static } from 'typebox'
import { EntryCode, Id, Instant, Nullable, OrganisationRef, Page, PageQuery, Words } from './common.ts'
import { operation } from './operation.ts'

/** `starting`: all rows of the table are being taken; `held`: nothing comes until a person begins anew. */
export const CAPTURE_STATES = ['starting', 'running', 'paused', 'held', 'ended'] as const
/** `restart` takes all rows of the table anew; `pack` makes a version of what has come. */
export const CAPTURE_ACTIONS = ['pause', 'resume', 'restart', 'pack', 'end'] as const

export type CaptureState = (typeof CAPTURE_STATES)[number]
export type CaptureAction = (typeof CAPTURE_ACTIONS)[number]

const Failure = Type.Object({ code: Type.String(), params: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()])) })

export const CaptureSchema = Type.Object({
  id: Id,
  sourceId: Id,
  sourceTitle: Type.String(),
  /** The table at the source, such as `public.company`. */
  object: Type.String(),
  entryCode: EntryCode,
  entryTitle: Type.String(),
  organisation: OrganisationRef,
  state: Type.Enum(CAPTURE_STATES),
  /** Why it is held, or what went wrong the last time while it goes on trying. */
  failure: Nullable(Failure),
  columns: Type.Integer(),
  key: Type.Array(Type.String()),
  /** Changes taken since it began. */
  changes: Type.Integer(),
  /** Changes that are in no version yet. */
  unpacked: Type.Integer(),
  version: Nullable(Type.Integer()),
  /** The load that takes all rows, or makes a version, now or the last time. */
  loadId: Nullable(Id),
  /** When the source committed the last change that was taken, and when it was taken. */
  lastCommittedAt: Nullable(Instant),
  lastTakenAt: Nullable(Instant),
  /** When something came from the source for the last time, if only that there is nothing new. */
  heardAt: Nullable(Instant),
  /** Most minutes until what has come is made a version. */
  packMinutes: Type.Integer(),
  createdAt: Instant,
  allowedActions: Type.Array(Type.Enum(CAPTURE_ACTIONS)),
})
export type Capture = Static<typeof CaptureSchema>

const tag = 'collection'
const readers = { provider: 'own', steward: 'all', auditor: 'all' } as const

export const captureOperations = {
  listCaptures: operation({
    id: 'listCaptures', method: 'GET', path: '/api/v1/collection/captures', tag, access: readers,
    summary: 'Tables whose changes are taken as they are committed',
    query: Type.Object({ ...PageQuery, sourceId: Type.Optional(Id), entryCode: Type.Optional(EntryCode) }), response: Page(CaptureSchema),
  }),
  createCapture: operation({
    id: 'createCapture', method: 'POST', path: '/api/v1/collection/captures', tag, access: { provider: 'own' },
    summary: 'Take all rows of the table of a source whose mode is `changes`, and from then on each change within seconds',
    body: Type.Object({ sourceId: Id, packMinutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_080, default: 60 })) }),
    response: CaptureSchema,
  }),
  getCapture: operation({
    id: 'getCapture', method: 'GET', path: '/api/v1/collection/captures/{id}', tag, access: readers,
    summary: 'How far a capture is', params: Type.Object({ id: Id }), response: CaptureSchema,
  }),
  actOnCapture: operation({
    id: 'actOnCapture', method: 'POST', path: '/api/v1/collection/captures/{id}/actions/{action}', tag, access: { provider: 'own' },
    summary: 'Pause, resume, take all rows anew, make a version now, or end it', params: Type.Object({ id: Id, action: Type.Enum(CAPTURE_ACTIONS) }),
    body: Type.Object({ reason: Type.Optional(Words(500, 0)) }), response: CaptureSchema,
  }),
} as const
