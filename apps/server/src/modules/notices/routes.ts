import { type Notice, operations } from '@datong/contracts'
import type { Clock } from '@datong/kernel'
import { type Route, route } from '../../platform/route.ts'
import type { NoticeRow, NoticeStore } from './notice-store.ts'

export function noticeRoutes(store: NoticeStore, clock: Clock): Route[] {
  return [
    route(operations.listNotices, async ({ query, caller }) => {
      const [{ rows, nextCursor }, unread] = await Promise.all([store.list(query, caller), store.countUnread(caller)])
      return { items: rows.map(viewNotice), nextCursor, unread }
    }),

    route(operations.readNotices, async ({ body, caller }) => {
      await store.markRead(body.ids, caller, clock.now())
      return { unread: await store.countUnread(caller) }
    }),
  ]
}

const viewNotice = (row: NoticeRow): Notice => ({
  id: row.id,
  at: row.at.toISOString(),
  kind: row.kind,
  params: { ...row.params },
  subject: { type: row.subject_type, id: row.subject_id },
  readAt: row.read_at?.toISOString() ?? null,
})
