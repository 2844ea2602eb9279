import { Type, type Static } from 'typebox'
import { Id, Instant, Nullable, PageQuery } from './common.ts'
import { operation } from './operation.ts'

/** What people are told of. Each kind has its sentence, with its parameters, in the message files of the interface. */
export const NOTICE_KINDS = [
  'application-submitted',
  'application-decided',
  'application-escalated', 'delivery-late',
  'material-owed',
  'grant-changed',
  'grant-expired',
  'evaluation-due',
  'entry-sleeping',
  'grant-sleeping',
  'guessing-stopped',
  'clocks-recounted',
  'entry-returned',
  'clock-soon',
  'clock-late',
  'clock-urged',
  'withdrawal-announced',
  'entry-withdrawn',
  'entry-news',
  'search-news',
  'demand-filed',
  'demand-assigned',
  'demand-told',
  'tickets-opened', 'ticket-reopened', 'ticket-closed', 'ticket-paused', 'ticket-commented', 'report-filed', 'report-disputed', 'report-answered',
  'load-failed', 'load-held',
  'form-asked', 'form-opened', 'form-soon', 'form-late', 'form-returned', 'form-parts-late',
] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]

/** Where a notice leads: the type and the id of its object. */
export const NOTICE_SUBJECTS = ['application', 'grant', 'entry', 'calendar', 'clock', 'search', 'demand', 'negative-item', 'ticket', 'report', 'entry-tickets', 'load', 'form'] as const
export type NoticeSubject = (typeof NOTICE_SUBJECTS)[number]

export const NoticeSchema = Type.Object({
  id: Id,
  at: Instant,
  kind: Type.Enum(NOTICE_KINDS),
  params: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
  subject: Type.Object({ type: Type.Enum(NOTICE_SUBJECTS), id: Type.String() }),
  readAt: Nullable(Instant),
})
export type Notice = Static<typeof NoticeSchema>

export const noticeOperations = {
  listNotices: operation({
    id: 'listNotices', method: 'GET', path: '/api/v1/notices', tag: 'notices', access: 'signed-in', summary: 'What the caller was told, the newest first',
    query: Type.Object({ ...PageQuery, unread: Type.Optional(Type.Boolean()) }),
    response: Type.Object({ items: Type.Array(NoticeSchema), nextCursor: Nullable(Type.String()), unread: Type.Integer({ description: 'all unread ones' }) }),
  }),
  readNotices: operation({
    id: 'readNotices', method: 'POST', path: '/api/v1/notices/actions/read', tag: 'notices', access: 'signed-in',
    summary: 'Marks notices as read; all of them when none is named',
    body: Type.Object({ ids: Type.Optional(Type.Array(Id, { maxItems: 200 })) }),
    response: Type.Object({ unread: Type.Integer() }),
  }),
} as const
