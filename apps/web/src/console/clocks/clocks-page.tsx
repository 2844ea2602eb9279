import { CATALOG_CLOCK_KINDS, CLOCK_STANDINGS, type ClockAction, type EntryClock, operations } from '@datong/contracts'
import { App, Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useAction } from '../../shared/api/hooks.ts'
import { usePages } from '../../shared/api/use-pages.ts'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../shared/ui/action-dialog.tsx'
import { Chip } from '../../shared/ui/chips.tsx'
import { Clock } from '../../shared/ui/clock.tsx'
import { DataTable } from '../../shared/ui/data-table.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { pick } from '../../shared/ui/pick.ts'
import { oneOf, useFilters } from '../../shared/ui/use-filters.ts'
import { DepartmentBars } from '../board/department-bars.tsx'
import { KeptTable } from './kept-table.tsx'
import '../board/board.css'
import './clocks.css'

interface Asked {
  readonly action: ClockAction
  readonly ids: readonly string[]
}

const PLACES: Readonly<Record<EntryClock['subject']['type'], (id: string) => string>> = {
  entry: (id) => `/console/catalog/${id}`, demand: (id) => `/console/catalog/lists/demands?open=${id}`, 'negative-item': () => '/console/catalog/lists/negative',
  ticket: (id) => `/console/quality/tickets/${id}`,
}
const placeOf = ({ subject }: EntryClock): string =>
  PLACES[subject.type](subject.id)

/** Every clock of the catalogue that runs or stands still, late ones first; what was kept and missed below. */
export function ClocksPage() {
  const { t } = useT()
  const name = useName()
  const format = useFormat()
  const { values, set, clear, any } = useFilters(['kind', 'department', 'standing'])
  const [chosen, setChosen] = useState<string[]>([])
  const [asked, setAsked] = useState<Asked | null>(null)
  const kind = oneOf(CATALOG_CLOCK_KINDS, values.kind)
  const standing = oneOf(CLOCK_STANDINGS, values.standing)
  const pages = usePages(operations.listEntryClocks, { query: { ...pick('kind', kind), ...pick('department', values.department), ...pick('standing', standing) } })
  const page = pages.answer.data
  const going = page?.departments.filter(({ running, paused }) => running + paused > 0) ?? []
  const common = commonActions((page?.items ?? []).filter(({ id }) => chosen.includes(id)))
  return (
    <>
      {going.length > 0 && (
        <Panel title={t('board.byDepartment')}>
          <DepartmentBars departments={going.map((one) => ({ ...one, escalated: 0 }))} chosen={values.department} onChoose={(code) => set('department', code)} soon={t('clocks.standing.soon')} />
        </Panel>
      )}
      <Panel flush>
        <div className="dt-filters">
          <Select allowClear placeholder={t('board.kind')} aria-label={t('board.kind')} value={kind ?? null} onChange={(value) => set('kind', value ?? undefined)} options={CATALOG_CLOCK_KINDS.map((value) => ({ value, label: t(`common.clockKind.${value}`) }))} />
          <Select allowClear placeholder={t('clocks.standing')} aria-label={t('clocks.standing')} value={standing ?? null} onChange={(value) => set('standing', value ?? undefined)} options={CLOCK_STANDINGS.map((value) => ({ value, label: t(`clocks.standing.${value}`) }))} />
          {any && <Button type="link" onClick={clear}>{t('catalog.clear')}</Button>}
        </div>
        <DataTable<EntryClock>
          label={t('clocks.title')} pages={pages} rowKey={({ id }) => id} empty={{ title: t('clocks.none'), hint: t('clocks.noneHint') }}
          selection={{
            chosen, onChange: setChosen, choosable: ({ allowedActions }) => allowedActions.length > 0, name: ({ title }) => title,
            bar: <span className="dt-chips">{common.map((action) => <Button key={action} size="small" onClick={() => setAsked({ action, ids: chosen })}>{t(`clocks.action.${action}`)}</Button>)}</span>,
          }}
          columns={[
            { key: 'title', title: t('clocks.about'), render: (one) => <div className="dt-cell-title"><Link to={placeOf(one)}>{one.title}</Link><div className="dt-secondary dt-cell-sub">{name(one.department)}{one.note && ` · ${one.note}`}</div></div> },
            { key: 'clock', title: t('board.clock'), render: (one) => <span className="dt-board-clock"><span className="dt-secondary">{t(`common.clockKind.${one.clock.kind}`)}</span><Clock clock={one.clock} /></span> },
            { key: 'waits', title: t('board.waitingFor'), render: (one) => (one.waitsFor === 'bureau' ? t('clocks.bureau') : name(one.department)) },
            { key: 'state', title: t('sharing.column.state'), render: (one) => <span className="dt-chips">{one.clock.late ? <Chip tone="cinnabar">{t('clocks.standing.late')}</Chip> : one.soon ? <Chip tone="gamboge">{t('clocks.standing.soon')}</Chip> : null}{one.urgedAt && <span className="dt-secondary dt-nowrap">{t('board.urgedOn', { date: format.date(one.urgedAt) })}</span>}</span> },
            { key: 'act', title: t('board.act'), render: (one) => <span className="dt-chips">{one.allowedActions.map((action) => <Button key={action} size="small" aria-label={`${t(`clocks.action.${action}`)}：${one.title}`} onClick={() => setAsked({ action, ids: [one.id] })}>{t(`clocks.action.${action}`)}</Button>)}</span> },
          ]}
        />
      </Panel>
      {page && <KeptTable departments={page.departments} />}
      {asked && <ClockDialog asked={asked} onClose={() => setAsked(null)} onDone={() => setChosen([])} />}
    </>
  )
}

/** What may be done with every one of the chosen. */
const commonActions = (rows: readonly EntryClock[]): ClockAction[] => rows[0]?.allowedActions.filter((action) => rows.every(({ allowedActions }) => allowedActions.includes(action))) ?? []

function ClockDialog({ asked, onClose, onDone }: { readonly asked: Asked; readonly onClose: () => void; readonly onDone: () => void }) {
  const { t } = useT()
  const { message } = App.useApp()
  const act = useAction(operations.actOnEntryClocks)
  const needed = asked.action === 'extend'
  return (
    <ActionDialog<{ reason?: string }>
      open title={t(`clocks.action.${asked.action}`)} intro={t(`clocks.actionIntro.${asked.action}`, { count: asked.ids.length })} submit={t(`clocks.action.${asked.action}`)} onClose={onClose}
      onSubmit={async ({ reason }) => {
        const { items } = await act.mutateAsync({ params: { action: asked.action }, body: { ids: [...asked.ids], ...(reason?.trim() ? { reason: reason.trim() } : {}) } })
        const failed = items.filter(({ done }) => !done).length
        void (failed === 0 ? message.success(t('clocks.done', { count: items.length })) : message.warning(t('clocks.partly', { done: items.length - failed, failed })))
        onDone()
      }}
    >
      <Form.Item name="reason" label={t('common.reason')} rules={needed ? [{ required: true, whitespace: true, message: t('common.required') }] : []}><Input.TextArea rows={3} maxLength={1000} autoFocus /></Form.Item>
    </ActionDialog>
  )
}
