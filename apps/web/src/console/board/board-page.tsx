import { APPLICATION_CLOCK_KINDS, operations, type ResponseOf } from '@datong/contracts'
import { App, Button, Checkbox, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useAction } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { usePages } from '../../shared/api/use-pages.ts'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../shared/ui/action-dialog.tsx'
import { Chip } from '../../shared/ui/chips.tsx'
import { Clock } from '../../shared/ui/clock.tsx'
import { DataTable } from '../../shared/ui/data-table.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { pick } from '../../shared/ui/pick.ts'
import { ApplicationStateChip } from '../../shared/ui/state-chip.tsx'
import { oneOf, useFilters } from '../../shared/ui/use-filters.ts'
import { DepartmentBars } from './department-bars.tsx'
import './board.css'

type Line = ResponseOf<typeof operations.sharingBoard>['items'][number]

/** Every clock that runs or stands still, late ones first, and how they spread over the departments. */
export function BoardPage() {
  const { t } = useT()
  const name = useName()
  const format = useFormat()
  const { has } = useSession()
  const { values, set, clear, any } = useFilters(['kind', 'department', 'late'])
  const [urging, setUrging] = useState<Line | null>(null)
  const kind = oneOf(APPLICATION_CLOCK_KINDS, values.kind)
  const pages = usePages(operations.sharingBoard, { query: { ...pick('kind', kind), ...pick('department', values.department), ...(values.late === 'true' ? { late: true } : {}) } })
  const board = pages.answer.data
  return (
    <>
      {board && board.departments.length > 0 && (
        <Panel title={t('board.byDepartment')} extra={board.inMediation > 0 && has('steward') && <Link to="/console/sharing?view=mediation">{t('board.inMediation', { count: board.inMediation })}</Link>}>
          <DepartmentBars departments={board.departments} chosen={values.department} onChoose={(code) => set('department', code)} />
        </Panel>
      )}
      <Panel flush>
        <div className="dt-filters">
          <Select allowClear placeholder={t('board.kind')} aria-label={t('board.kind')} value={kind ?? null} onChange={(value) => set('kind', value ?? undefined)} options={APPLICATION_CLOCK_KINDS.map((value) => ({ value, label: t(`common.clockKind.${value}`) }))} />
          <Checkbox checked={values.late === 'true'} onChange={(event) => set('late', event.target.checked ? 'true' : undefined)}>{t('sharing.onlyLate')}</Checkbox>
          {any && <Button type="link" onClick={clear}>{t('catalog.clear')}</Button>}
        </div>
        <DataTable<Line>
          label={t('board.title')} pages={pages} rowKey={(line) => `${line.applicationId}-${line.clock.kind}`} empty={{ title: t('board.none'), hint: t('board.noneHint') }}
          columns={[
            {
              key: 'application', title: t('sharing.column.application'),
              render: (line) => (
                <div className="dt-cell-title">
                  <Link to={`/console/sharing/applications/${line.applicationId}`}>{line.entryTitle}</Link>
                  <div className="dt-secondary dt-cell-sub"><span className="dt-mono">{line.number}</span> · {name(line.provider)} → {name(line.consumer)}</div>
                </div>
              ),
            },
            { key: 'clock', title: t('board.clock'), render: (line) => <span className="dt-board-clock"><span className="dt-secondary">{t(`common.clockKind.${line.clock.kind}`)}</span><Clock clock={line.clock} /></span> },
            { key: 'waiting', title: t('board.waitingFor'), render: (line) => <span className="dt-parties">{line.state === 'material-owed' || line.clock.state === 'paused' || line.waitingFor.length === 0 ? name(line.consumer) : line.waitingFor.map(name).join(t('shell.and'))}</span> },
            {
              key: 'state', title: t('sharing.column.state'),
              render: (line) => (
                <span className="dt-chips">
                  <ApplicationStateChip state={line.state} />
                  {line.escalatedAt && line.state === 'submitted' && <Chip tone="cinnabar">{t('sharing.escalatedShort')}</Chip>}
                  {line.urgedAt && line.state === 'submitted' && <span className="dt-secondary dt-nowrap">{t('board.urgedOn', { date: format.date(line.urgedAt) })}</span>}
                </span>
              ),
            },
            ...(has('steward') ? [{
              key: 'act', title: t('board.act'),
              render: (line: Line) => line.state !== 'submitted' ? null : (
                <span className="dt-board-act">
                  <Button size="small" aria-label={`${t('sharing.action.urge')}：${line.number}`} onClick={() => setUrging(line)}>{t('sharing.action.urge')}</Button>
                  {line.escalatedAt && <Link to={`/console/sharing/applications/${line.applicationId}`} aria-label={`${t('board.decide')}：${line.number}`}>{t('board.decide')}</Link>}
                </span>
              ),
            }] : []),
          ]}
        />
      </Panel>
      {urging && <UrgeDialog line={urging} onClose={() => setUrging(null)} />}
    </>
  )
}

function UrgeDialog({ line, onClose }: { readonly line: Line; readonly onClose: () => void }) {
  const { t } = useT()
  const name = useName()
  const { message } = App.useApp()
  const act = useAction(operations.actOnApplication)
  return (
    <ActionDialog<{ reason?: string }>
      open title={t('board.urgeTitle', { number: line.number })} intro={t('board.urgeIntro', { departments: line.waitingFor.map(name).join(t('shell.and')) || name(line.provider) })} submit={t('sharing.action.urge')} onClose={onClose}
      onSubmit={async ({ reason }) => {
        await act.mutateAsync({ params: { id: line.applicationId, action: 'urge' }, body: reason?.trim() ? { reason: reason.trim() } : {} })
        void message.success(t('sharing.actionDone.urge'))
      }}
    >
      <Form.Item name="reason" label={t('sharing.reasonLabel.urge')}><Input.TextArea rows={3} maxLength={2000} autoFocus /></Form.Item>
    </ActionDialog>
  )
}
