import { BellOutlined } from '@ant-design/icons'
import { type Notice, operations } from '@datong/contracts'
import { Badge, Button, Popover } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useAction, useApi } from '../../shared/api/hooks.ts'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { type Translate, useT } from '../../shared/i18n/use-t.ts'
import { palette } from '../../shared/theme.ts'
import './notice-bell.css'

const ASKED_EVERY_MS = 30_000
const SHOWN = 20

const pageOf: Record<Notice['subject']['type'], string> = {
  application: '/console/sharing/applications', grant: '/console/sharing/grants', entry: '/console/catalog', calendar: '/console/governance/calendar',
  clock: '/console/catalog/clocks', search: '/console/following', demand: '/console/catalog/lists/demands', 'negative-item': '/console/catalog/lists/negative',
  ticket: '/console/quality/tickets', load: '/console/collection/loads', report: '/reports', 'entry-tickets': '/console/quality/tickets?entryCode=', form: '/console/collection/forms',
}

/** What happened to what this person answers for; a click leads there and marks it as read. */
export function NoticeBell() {
  const { t } = useT()
  const [open, setOpen] = useState(false)
  const notices = useApi(operations.listNotices, { query: { limit: SHOWN } }, { refetchMs: ASKED_EVERY_MS })
  const read = useAction(operations.readNotices)
  const { items = [], unread = 0 } = notices.data ?? {}
  const follow = (notice: Notice): void => {
    setOpen(false)
    if (notice.readAt === null) read.mutate({ body: { ids: [notice.id] } })
  }
  const list = (
    <div className="dt-notices">
      <div className="dt-notices-head">
        <strong>{t('notices.title')}</strong>
        <Button type="link" size="small" disabled={unread === 0} loading={read.isPending} onClick={() => read.mutate({ body: {} })}>{t('notices.readAll')}</Button>
      </div>
      {items.length === 0 && <p className="dt-secondary">{t('notices.empty')}</p>}
      <ul>{items.map((notice) => <Told key={notice.id} notice={notice} onFollow={() => follow(notice)} />)}</ul>
    </div>
  )
  return (
    <Popover trigger="click" placement="bottomRight" content={list} open={open} onOpenChange={setOpen}>
      <Badge count={unread} size="small" offset={[-6, 6]} color={palette.primary}>
        <Button type="text" icon={<BellOutlined />} aria-label={t('notices.bell', { count: unread })} />
      </Badge>
    </Popover>
  )
}

function Told({ notice, onFollow }: { readonly notice: Notice; readonly onFollow: () => void }) {
  const { t } = useT()
  const { ago } = useFormat()
  const { subject, readAt, at } = notice
  return (
    <li className={readAt === null ? 'dt-notice-new' : undefined}>
      <Link to={addressOf(subject)} onClick={onFollow}>{sentenceOf(notice, t)}</Link>
      <span className="dt-secondary">{ago(at, new Date())}{readAt === null && ` · ${t('notices.unread')}`}</span>
    </li>
  )
}

/** Objects without a page of their own are found in their list. */
const LISTED: ReadonlySet<string> = new Set(['calendar', 'clock', 'search', 'demand', 'negative-item'])
const addressOf = ({ type, id }: Notice['subject']): string => (LISTED.has(type) ? pageOf[type] : pageOf[type].endsWith('=') ? pageOf[type] + id : `${pageOf[type]}/${id}`)

function sentenceOf({ kind, params }: Notice, t: Translate): string {
  const { state, clock, kinds } = params
  return t(`notices.kind.${kind}`, {
    ...params, ...(state === undefined ? {} : { state: t.maybe('notices.state.', String(state)) }), ...(clock === undefined ? {} : { clock: t.maybe('common.clockKind.', String(clock)) }),
    ...(kinds === undefined ? {} : { kinds: String(kinds).split(',').map((one) => t.maybe('notices.news.', one)).join(t('shell.and')) }),
  })
}
