import { type Demand, type DemandAction, operations } from '@datong/contracts'
import { App, Button, Drawer, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useAction, useApi } from '../../shared/api/hooks.ts'
import { SupportButton } from '../../shared/demands/support-button.tsx'
import { DemandStateChip } from '../../shared/demands/demand-state-chip.tsx'
import { useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../shared/ui/action-dialog.tsx'
import { Clock } from '../../shared/ui/clock.tsx'
import { Loaded } from '../../shared/ui/states.tsx'
import { Timeline } from '../../shared/ui/timeline.tsx'
import { OwnEntrySelect } from './own-entry-select.tsx'

interface Values {
  readonly reason?: string
  readonly legalBasis?: string
  readonly organisation?: string
  readonly entryCode?: string
  readonly into?: string
}

/** One demand with what became of it, and the steps that this person may take. */
export function DemandDrawer({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { t } = useT()
  const demand = useApi(operations.getDemand, { params: { id } })
  return (
    <Drawer open size="large" title={demand.data?.title ?? t('lists.demand')} onClose={onClose}>
      <Loaded of={demand}>{(data) => <DemandView demand={data} />}</Loaded>
    </Drawer>
  )
}

function DemandView({ demand }: { readonly demand: Demand }) {
  const { t } = useT()
  const name = useName()
  const [asked, setAsked] = useState<DemandAction | null>(null)
  return (
    <>
      <div className="dt-chips"><DemandStateChip state={demand.state} /><span className="dt-mono dt-secondary">{demand.number}</span><SupportButton demand={demand} /></div>
      <p className="dt-prewrap">{demand.description}</p>
      <p className="dt-secondary">{t('lists.from')} {demand.from ? name(demand.from) : t('lists.public')}{demand.department && ` → ${name(demand.department)}`}</p>
      {demand.clock && <Clock clock={demand.clock} size="large" />}
      {demand.answer && <p className="dt-prewrap"><strong>{t('lists.answer')}</strong> {demand.answer}{demand.legalBasis && `（${demand.legalBasis}）`}</p>}
      {demand.entry && <p><strong>{t('lists.entry')}</strong> <Link to={`/console/catalog/${demand.entry.code}`}>{demand.entry.title}</Link></p>}
      <div className="dt-chips">{demand.allowedActions.map((action) => <Button key={action} danger={action === 'refuse' || action === 'withdraw'} onClick={() => setAsked(action)}>{t(`lists.demandAction.${action}`)}</Button>)}</div>
      <h3>{t('lists.history')}</h3>
      <Timeline items={demand.history} />
      {asked && <StepDialog demand={demand} action={asked} onClose={() => setAsked(null)} />}
    </>
  )
}

function StepDialog({ demand, action, onClose }: { readonly demand: Demand; readonly action: DemandAction; readonly onClose: () => void }) {
  const { t } = useT()
  const name = useName()
  const { message } = App.useApp()
  const act = useAction(operations.actOnDemand)
  const organisations = useApi(operations.listOrganisations, {}, { enabled: action === 'assign' })
  const others = useApi(operations.listDemands, { query: { limit: 200 } }, { enabled: action === 'merge' })
  const required = [{ required: true, whitespace: true, message: t('common.required') }]
  return (
    <ActionDialog<Values>
      open title={t(`lists.demandAction.${action}`)} submit={t(`lists.demandAction.${action}`)} danger={action === 'refuse' || action === 'withdraw'} onClose={onClose}
      onSubmit={async (values) => {
        const body = Object.fromEntries(Object.entries(values).flatMap(([key, value]: [string, unknown]) => (typeof value === 'string' && value.trim() !== '' ? [[key, value.trim()]] : [])))
        await act.mutateAsync({ params: { id: demand.id, action }, body })
        void message.success(t('catalog.saved'))
      }}
    >
      {action === 'assign' && <Form.Item name="organisation" label={t('lists.department')} rules={required}><Select showSearch={{ optionFilterProp: 'label' }} options={(organisations.data?.items ?? []).filter(({ kind }) => kind !== 'public').map((one) => ({ value: one.code, label: name(one) }))} /></Form.Item>}
      {action === 'attach' && demand.department && <Form.Item name="entryCode" label={t('lists.entry')} rules={required}><OwnEntrySelect organisation={demand.department.code} /></Form.Item>}
      {action === 'merge' && <Form.Item name="into" label={t('lists.into')} rules={required}><Select showSearch={{ optionFilterProp: 'label' }} options={(others.data?.items ?? []).filter(({ id }) => id !== demand.id).map((one) => ({ value: one.id, label: `${one.number} ${one.title}` }))} /></Form.Item>}
      {action === 'refuse' && <Form.Item name="legalBasis" label={t('lists.legalBasis')}><Input maxLength={500} /></Form.Item>}
      <Form.Item name="reason" label={action === 'accept' ? t('lists.answer') : t('common.reason')} rules={action === 'refuse' ? required : []}><Input.TextArea rows={3} maxLength={1000} /></Form.Item>
    </ActionDialog>
  )
}
