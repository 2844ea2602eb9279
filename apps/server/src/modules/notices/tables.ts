import type { NoticeKind, NoticeSubject, Role } from '@datong/contracts'
import type { JSONColumnType } from 'kysely'

export type NoticeParams = Readonly<Record<string, string | number>>

export interface NoticeTable {
  id: string
  /** Names the happening: told twice, it is one notice. */
  key: string
  at: Date
  kind: NoticeKind
  params: JSONColumnType<NoticeParams>
  subject_type: NoticeSubject
  subject_id: string
  organisation: string | null
  roles: Role[]
  account_id: string | null
}

export interface NoticesTables {
  'notices.notice': NoticeTable
  'notices.reading': { account_id: string; notice_id: string; at: Date }
}
