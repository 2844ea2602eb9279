import { LEGAL_GROUNDS, NEGATIVE_AGAINST, type NegativeItem, operations } from '@datong/contracts'
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
import { DataTable } from '../../shared/ui/data-table.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { useFilters } from '../../shared/ui/use-filters.ts'

type Ground = (typeof LEGAL_GROUNDS)[number]
interface NewItem {
  readonly entryCode: string
  readonly fields?: string[]
  readonly against: (typeof NEGATIVE_AGAINST)[number]
  readonly ground: Ground
  readonly legalBasis: string
}

/** 负面清单: what is not shared or not opened, on what ground, and when it is reviewed. */
export function NegativePage() {
  const { t } = useT()
  const name = useName()
  const format = useFormat()
  const { can } = useSession()
  const { values, set } = useFilters(['late', 'lifted'])
  const [asked, setAsked] = useState<{ readonly item: NegativeItem; readonly action: 'review' | 'lift' } | null>(null)
  const [adding, setAdding] = useState(false)
  const pages = usePages(operations.listNegativeItems, { query: { ...(values.lifted === 'true' ? {} : { state: 'in-force' as const }), ...(values.late === 'true' ? { late: true } : {}) } })
  return (
    <>
      <p className="dt-secondary dt-lead">{t('lists.negativeIntro')}</p>
      <Panel title={t('lists.negative')} flush extra={can(operations.addNegativeItem) && <Button type="primary" onClick={() => setAdding(true)}>{t('lists.add')}</Button>}>
        <div className="dt-filters">
          <Checkbox checked={values.late === 'true'} onChange={(event) => set('late', event.target.checked ? 'true' : undefined)}>{t('lists.onlyLate')}</Checkbox>
          <Checkbox checked={values.lifted === 'true'} onChange={(event) => set('lifted', event.target.checked ? 'true' : undefined)}>{t('lists.withLifted')}</Checkbox>
        </div>
        <DataTable<NegativeItem>
          label={t('lists.negative')} pages={pages} rowKey={({ id }) => id} empty={{ title: t('lists.noNegative') }}
          columns={[
            { key: 'entry', title: t('lists.entry'), render: (one) => <div className="dt-cell-title"><Link to={`/console/catalog/${one.entry.code}`}>{one.entry.title}</Link><div className="dt-secondary dt-cell-sub">{name(one.department)} · {one.fields.length === 0 ? t('lists.whole') : one.fields.join(t('shell.and'))}</div></div> },
            { key: 'against', title: t('lists.against'), render: (one) => t(`lists.against.${one.against}`) },
            { key: 'basis', title: t('lists.legalBasis'), render: (one) => <div>{one.legalBasis}<div className="dt-secondary">{one.ground === null ? t('lists.groundUnsaid') : t(`lists.ground.${one.ground}`)}</div></div> },
            { key: 'review', title: t('lists.review'), render: (one) => (one.state === 'lifted' ? <Chip tone="plain">{t('lists.lifted')}</Chip> : <span className="dt-chips">{one.late && <Chip tone="cinnabar">{t('clocks.standing.late')}</Chip>}<span className="dt-nowrap">{one.reviewDueAt && format.date(one.reviewDueAt)}</span></span>) },
            { key: 'act', title: t('board.act'), render: (one) => <span className="dt-chips">{one.allowedActions.map((action) => <Button key={action} size="small" danger={action === 'lift'} aria-label={`${t(`lists.act.${action}`)}：${one.entry.title}`} onClick={() => setAsked({ item: one, action })}>{t(`lists.act.${action}`)}</Button>)}</span> },
          ]}
        />
      </Panel>
      {asked && <ActDialog {...asked} onClose={() => setAsked(null)} />}
      {adding && <AddDialog onClose={() => setAdding(false)} />}
    </>
  )
}

function ActDialog({ item, action, onClose }: { readonly item: NegativeItem; readonly action: 'review' | 'lift'; readonly onClose: () => void }) {
  const { t } = useT()
  const { message } = App.useApp()
  const act = useAction(operations.actOnNegativeItem)
  const required = [{ required: true, whitespace: true, message: t('common.required') }]
  return (
    <ActionDialog<{ reason: string; ground?: Ground; legalBasis?: string }>
      open title={`${t(`lists.act.${action}`)}：${item.entry.title}`} intro={t(`lists.actIntro.${action}`)} submit={t(`lists.act.${action}`)} danger={action === 'lift'} onClose={onClose}
      initial={{ legalBasis: item.legalBasis, ...(item.ground ? { ground: item.ground } : {}) }}
      onSubmit={async ({ reason, ground, legalBasis }) => {
        await act.mutateAsync({ params: { id: item.id, action }, body: { reason: reason.trim(), ...(action === 'review' && ground ? { ground } : {}), ...(action === 'review' && legalBasis?.trim() ? { legalBasis: legalBasis.trim() } : {}) } })
        void message.success(t('catalog.saved'))
      }}
    >
      {action === 'review' && <Grounds />}
      <Form.Item name="reason" label={t('common.reason')} rules={required}><Input.TextArea rows={3} maxLength={1000} autoFocus /></Form.Item>
    </ActionDialog>
  )
}

function Grounds() {
  const { t } = useT()
  const required = [{ required: true, message: t('common.required') }]
  return (
    <>
      <Form.Item name="ground" label={t('lists.ground')} rules={required}><Select options={LEGAL_GROUNDS.map((value) => ({ value, label: t(`lists.ground.${value}`) }))} /></Form.Item>
      <Form.Item name="legalBasis" label={t('lists.legalBasis')} rules={required}><Input maxLength={500} /></Form.Item>
    </>
  )
}

function AddDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useT()
  const { message } = App.useApp()
  const add = useAction(operations.addNegativeItem)
  const required = [{ required: true, whitespace: true, message: t('common.required') }]
  return (
    <ActionDialog<NewItem>
      open title={t('lists.add')} intro={t('lists.negativeIntro')} submit={t('common.save')} initial={{ against: 'sharing', fields: [] }} onClose={onClose}
      onSubmit={async ({ entryCode, fields = [], legalBasis, ...rest }) => {
        await add.mutateAsync({ body: { ...rest, entryCode: entryCode.trim().replace('/', '-'), fields, legalBasis: legalBasis.trim() } })
        void message.success(t('catalog.saved'))
      }}
    >
      <Form.Item name="entryCode" label={t('lists.entryCode')} rules={required}><Input placeholder="301001-000123" /></Form.Item>
      <Form.Item name="fields" label={t('lists.fields')} extra={t('lists.fieldsHint')}><Select mode="tags" open={false} suffixIcon={null} tokenSeparators={['，', ',', '、']} /></Form.Item>
      <Form.Item name="against" label={t('lists.against')}><Select options={NEGATIVE_AGAINST.map((value) => ({ value, label: t(`lists.against.${value}`) }))} /></Form.Item>
      <Grounds />
    </ActionDialog>
  )
}
