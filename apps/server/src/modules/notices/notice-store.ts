import { type Db, withTables } from '@datong/metadata-store'
import { type Selectable, sql, type SqlBool } from 'kysely'
import type { Caller } from '../../platform/caller.ts'
import type { CursorCodec } from '../../platform/cursor.ts'
import type { NoticeDraft } from './notices.ts'
import type { NoticesTables, NoticeTable } from './tables.ts'

export type NoticeRow = Selectable<NoticeTable> & { readonly read_at: Date | null }

/** Kept this long, read or not. */
const KEPT_DAYS = 180

/** SQL of the notices; every read is limited to what is addressed to the caller. */
export function createNoticeStore(db: Db, cursors: CursorCodec) {
  const tables = withTables<NoticesTables>(db)

  return {
    /** Adds a notice unless its happening was told before. */
    async insert(draft: NoticeDraft, id: string, at: Date): Promise<void> {
      const { key, kind, params, subject, to } = draft
      await tables.insertInto('notices.notice').values({
        id, key, at, kind, params: JSON.stringify(params), subject_type: subject.type, subject_id: subject.id,
        organisation: to.organisation ?? null, roles: [...(to.roles ?? [])], account_id: to.accountId ?? null,
      }).onConflict((conflict) => conflict.column('key').doNothing()).execute()
    },

    /** Notices to a merged department are for its successor. */
    async passOn(from: string, to: string): Promise<void> {
      await tables.updateTable('notices.notice').set({ organisation: to }).where('organisation', '=', from).execute()
    },

    async list(query: { limit?: number; cursor?: string; unread?: boolean }, caller: Caller): Promise<{ rows: NoticeRow[]; nextCursor: string | null }> {
      const { limit = 20, cursor, unread = false } = query
      const fingerprint = { list: 'notices', unread, account: caller.actor.id }
      let page = tables.selectFrom('notices.notice as n').leftJoin('notices.reading as r', (join) =>
        join.onRef('r.notice_id', '=', 'n.id').on('r.account_id', '=', caller.actor.id))
        .selectAll('n').select('r.at as read_at').where(addressedTo(caller))
      if (unread) page = page.where('r.at', 'is', null)
      // Ids are UUID version 7: their order is the order of making.
      if (cursor !== undefined) page = page.where('n.id', '<', String(cursors.decode(fingerprint, cursor)[0]))
      const rows = await page.orderBy('n.id', 'desc').limit(limit + 1).execute()
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return { rows: rows.slice(0, limit), nextCursor: last === undefined ? null : cursors.encode(fingerprint, [last.id]) }
    },

    async countUnread(caller: Caller): Promise<number> {
      const { count } = await tables.selectFrom('notices.notice as n').select(sql<number>`count(*)::int`.as('count')).where(addressedTo(caller))
        .where(sql<SqlBool>`not exists (select 1 from notices.reading r where r.notice_id = n.id and r.account_id = ${caller.actor.id})`)
        .executeTakeFirstOrThrow()
      return count
    },

    /** Marks those of the named ones that are addressed to the caller; all of them without names. */
    async markRead(ids: readonly string[] | undefined, caller: Caller, at: Date): Promise<void> {
      const named = ids === undefined ? sql<SqlBool>`true` : sql<SqlBool>`n.id = any(${ids}::uuid[])`
      await sql`insert into notices.reading (account_id, notice_id, at)
        select ${caller.actor.id}, n.id, ${at} from notices.notice n where ${addressedTo(caller)} and ${named}
        on conflict do nothing`.execute(db)
    },

    async forgetOld(now: Date): Promise<void> {
      await tables.deleteFrom('notices.notice').where('at', '<', new Date(now.getTime() - KEPT_DAYS * 86_400_000)).execute()
    },
  }
}

/** To the person by name, or to the person's role: in the department that it names, or everywhere when it names none. */
const addressedTo = ({ actor, roles, organisation }: Caller) =>
  sql<SqlBool>`(n.account_id = ${actor.id} or (n.roles && ${[...roles]}::text[] and (n.organisation is null or n.organisation = ${organisation})))`

export type NoticeStore = ReturnType<typeof createNoticeStore>
