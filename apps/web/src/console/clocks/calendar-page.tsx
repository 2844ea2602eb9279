import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { type CalendarDay, operations } from '@datong/contracts'
import { App, Button, Form, Input, Radio } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { useAction, useApi } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../shared/ui/action-dialog.tsx'
import { ListTable } from '../../shared/ui/list-table.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { Loaded } from '../../shared/ui/states.tsx'
import { CalendarMonth } from './calendar-month.tsx'
import './clocks.css'

interface Values {
  readonly kind: 'holiday' | 'workday' | 'national'
  readonly from: string
  readonly to?: string
  readonly name?: string
  readonly source?: string
  readonly reason: string
}

/** A year of working days at a glance: the national ones, and those that the bureau set. */
export function CalendarPage() {
  const { t } = useT()
  const format = useFormat()
  const { can } = useSession()
  const [search, setSearch] = useSearchParams()
  const thisYear = new Date().getFullYear()
  const year = Number(search.get('year')) || thisYear
  const calendar = useApi(operations.getCalendar, { params: { year: String(year) } }, { keepPrevious: true })
  const [editing, setEditing] = useState<string | null>(null)
  const editable = can(operations.setCalendarDays)
  const go = (to: number): void => setSearch(to === thisYear ? {} : { year: String(to) }, { replace: true })
  return (
    <>
      <p className="dt-secondary dt-lead">{t('clocks.calendarIntro')}</p>
      <Panel
        title={<span className="dt-year"><Button type="text" icon={<LeftOutlined />} aria-label={t('clocks.yearBefore')} onClick={() => go(year - 1)} /> {t('clocks.year', { year })} <Button type="text" icon={<RightOutlined />} aria-label={t('clocks.yearAfter')} onClick={() => go(year + 1)} /></span>}
        extra={editable && <Button onClick={() => setEditing('')}>{t('clocks.setDays')}</Button>}
      >
        <Loaded of={calendar} rows={10}>
          {({ items, announced, workingDays }) => (
            <>
              {!announced && <p className="dt-secondary">{t('clocks.notAnnounced')}</p>}
              <ul className="dt-cal-legend"><li><span className="dt-cal-off" /> {t('clocks.day.holiday')}</li><li><span className="dt-cal-worked" /> {t('clocks.day.workday')}</li><li><span className="dt-cal-own" /> {t('clocks.day.bureau')}</li></ul>
              <div className="dt-cal-year">
                {workingDays.map((count, month) => <CalendarMonth key={month} year={year} month={month} count={count} days={items} {...(editable ? { onChoose: setEditing } : {})} />)}
              </div>
            </>
          )}
        </Loaded>
      </Panel>
      {calendar.data && calendar.data.items.some(({ origin }) => origin === 'bureau') && (
        <Panel title={t('clocks.ownDays')} flush>
          <ListTable<CalendarDay>
            label={t('clocks.ownDays')} rows={calendar.data.items.filter(({ origin }) => origin === 'bureau')} rowKey={({ day }) => day}
            columns={[
              { key: 'day', title: t('clocks.day'), render: ({ day }) => day },
              { key: 'kind', title: t('clocks.kind'), render: ({ kind, name }) => `${t(`clocks.day.${kind}`)} · ${name}` },
              { key: 'source', title: t('board.source'), render: ({ source }) => source },
              { key: 'changed', title: t('rules.changed'), render: ({ changedAt, changedBy }) => `${changedBy ?? ''} · ${changedAt === null ? '' : format.date(changedAt)}` },
            ]}
          />
        </Panel>
      )}
      {editing !== null && <DaysDialog first={editing} onClose={() => setEditing(null)} />}
    </>
  )
}

const DAY_MS = 86_400_000
const daysBetween = (from: string, to: string): string[] =>
  Array.from({ length: Math.max(0, Math.min(62, (Date.parse(to) - Date.parse(from)) / DAY_MS + 1)) }, (_, index) => new Date(Date.parse(from) + index * DAY_MS).toISOString().slice(0, 10))

function DaysDialog({ first, onClose }: { readonly first: string; readonly onClose: () => void }) {
  const { t } = useT()
  const { message } = App.useApp()
  const [kind, setKind] = useState<Values['kind']>('holiday')
  const save = useAction(operations.setCalendarDays)
  const required = [{ required: true, whitespace: true, message: t('common.required') }]
  return (
    <ActionDialog<Values>
      open title={t('clocks.setDays')} intro={t('clocks.setDaysIntro')} submit={t('common.save')} initial={{ kind: 'holiday', from: first }} onClose={onClose}
      onSubmit={async ({ from, to, name, source, reason, ...values }) => {
        const { changed } = await save.mutateAsync({ body: { kind: values.kind, days: daysBetween(from, to ? to : from), reason: reason.trim(), ...(name?.trim() ? { name: name.trim() } : {}), ...(source?.trim() ? { source: source.trim() } : {}) } })
        void message.success(t('clocks.daysSet', { count: changed }))
      }}
    >
      <Form.Item name="kind" label={t('clocks.kind')}><Radio.Group onChange={(event) => setKind(event.target.value as Values['kind'])} options={(['holiday', 'workday', 'national'] as const).map((value) => ({ value, label: t(`clocks.day.${value}`) }))} /></Form.Item>
      <div className="dt-two">
        <Form.Item name="from" label={t('clocks.from')} rules={required}><Input type="date" /></Form.Item>
        <Form.Item name="to" label={t('clocks.to')} extra={t('clocks.toHint')}><Input type="date" /></Form.Item>
      </div>
      {kind !== 'national' && <Form.Item name="name" label={t('clocks.dayName')} rules={required}><Input maxLength={60} /></Form.Item>}
      {kind !== 'national' && <Form.Item name="source" label={t('board.source')} rules={required}><Input maxLength={300} /></Form.Item>}
      <Form.Item name="reason" label={t('common.reason')} rules={required}><Input maxLength={500} /></Form.Item>
    </ActionDialog>
  )
}
