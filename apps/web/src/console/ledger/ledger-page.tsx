import { PlusOutlined } from '@ant-design/icons'
import { LEDGER_KINDS, LEDGER_STATES, type LedgerItem, type LedgerState, operations } from '@datong/contracts'
import { Button, Input, Progress, Select } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useApi } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { usePages } from '../../shared/api/use-pages.ts'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Chip, type Tone } from '../../shared/ui/chips.tsx'
import { DataTable } from '../../shared/ui/data-table.tsx'
import { Figure } from '../../shared/ui/figure.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { pick } from '../../shared/ui/pick.ts'
import { oneOf, useFilters } from '../../shared/ui/use-filters.ts'
import { ItemDialog } from './item-dialog.tsx'

const TONE: Record<LedgerState, Tone> = { planned: 'plain', building: 'primary', running: 'jade', suspended: 'gamboge', retired: 'plain' }

/** The ledger of digital resources: what there is, whose it is, what it costs, and which entries it stands for. */
export function LedgerPage() {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const { can } = useSession()
  const { values, set } = useFilters(['kind', 'state', 'q'])
  const [edited, setEdited] = useState<LedgerItem | 'new' | null>(null)
  const kind = oneOf(LEDGER_KINDS, values.kind)
  const state = oneOf(LEDGER_STATES, values.state)
  const pages = usePages(operations.listLedger, { query: { ...pick('kind', kind), ...pick('state', state), ...pick('q', values.q) } })
  const figures = useApi(operations.ledgerFigures)
  const cost = figures.data?.kinds.reduce((sum, one) => sum + one.yearlyCost, 0) ?? 0
  return (
    <>
      <p className="dt-secondary dt-lead">{t('ledger.intro')}</p>
      {figures.data && figures.data.kinds.length > 0 && (
        <div className="dt-figures">
          {figures.data.kinds.map((one) => <Figure key={one.kind} label={t('ledger.figure', { kind: t(`ledger.kind.${one.kind}`), running: one.running })} value={format.number(one.total)} to={`/console/catalog/ledger?kind=${one.kind}`} />)}
          <Figure label={t('ledger.cost')} value={t('ledger.yuan', { figure: format.number(Math.round(cost)) })} />
        </div>
      )}
      <Panel flush>
        <div className="dt-filters">
          <Input.Search allowClear defaultValue={values.q ?? ''} placeholder={t('ledger.search')} aria-label={t('ledger.search')} style={{ width: 220 }} onSearch={(words) => set('q', words.trim() || undefined)} />
          <Select allowClear value={kind ?? null} placeholder={t('ledger.column.kind')} aria-label={t('ledger.column.kind')} style={{ width: 130 }} onChange={(value?: string | null) => set('kind', value ?? undefined)} options={LEDGER_KINDS.map((value) => ({ value, label: t(`ledger.kind.${value}`) }))} />
          <Select allowClear value={state ?? null} placeholder={t('ledger.column.state')} aria-label={t('ledger.column.state')} style={{ width: 130 }} onChange={(value?: string | null) => set('state', value ?? undefined)} options={LEDGER_STATES.map((value) => ({ value, label: t(`ledger.state.${value}`) }))} />
          {can(operations.addToLedger) && <span className="dt-filters-end"><Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>{t('ledger.add')}</Button></span>}
        </div>
        <DataTable<LedgerItem>
          pages={pages} rowKey={({ id }) => id} label={t('ledger.title')} empty={{ title: t('ledger.none'), hint: t('ledger.noneHint') }}
          columns={[
            { key: 'name', title: t('ledger.column.name'), render: (one) => <div className="dt-cell-title">{one.allowedActions.includes('edit') ? <Button type="link" size="small" style={{ padding: 0 }} onClick={() => setEdited(one)}>{one.name}</Button> : one.name}<div className="dt-secondary dt-cell-sub">{one.partOf ? t('ledger.partOfName', { name: one.partOf.name }) : one.description}</div></div> },
            { key: 'kind', title: t('ledger.column.kind'), render: (one) => t(`ledger.kind.${one.kind}`) },
            { key: 'organisation', title: t('ledger.column.organisation'), render: (one) => name(one.organisation) },
            { key: 'state', title: t('ledger.column.state'), render: (one) => <Chip tone={TONE[one.state]}>{t(`ledger.state.${one.state}`)}</Chip> },
            { key: 'entries', title: t('ledger.column.entries'), render: (one) => <Entries item={one} /> },
            { key: 'use', title: t('ledger.column.use'), render: (one) => <Use item={one} /> },
            { key: 'level', title: t('ledger.column.level'), optional: true, render: (one) => (one.protectionLevel === null ? '–' : t('ledger.level', { level: one.protectionLevel })) },
            { key: 'cost', title: t('ledger.column.cost'), align: 'right', render: (one) => (one.yearlyCost === null ? '–' : format.number(one.yearlyCost, 2)) },
            { key: 'since', title: t('ledger.column.since'), optional: true, render: (one) => one.since ?? '–' },
          ]}
        />
      </Panel>
      {edited && <ItemDialog {...(edited === 'new' ? {} : { item: edited })} onClose={() => setEdited(null)} />}
    </>
  )
}

function Entries({ item }: { readonly item: LedgerItem }) {
  const { t } = useT()
  if (item.entries.length === 0) return <span className="dt-secondary">{t('ledger.noEntry')}</span>
  return <>{item.entries.slice(0, 3).map(({ code, title }) => <div key={code}><Link to={`/console/catalog/${code}`}>{title}</Link></div>)}{item.entries.length > 3 && <span className="dt-secondary">{t('ledger.moreEntries', { count: item.entries.length - 3 })}</span>}</>
}

function Use({ item: { used, capacity, unit } }: { readonly item: LedgerItem }) {
  const format = useFormat()
  if (capacity === null && used === null) return <>–</>
  const words = `${used === null ? '–' : format.number(used, 2)} / ${capacity === null ? '–' : format.number(capacity, 2)} ${unit}`
  return (
    <div className="dt-nowrap" style={{ width: 150 }}>
      <div>{words}</div>
      {used !== null && capacity !== null && capacity > 0 && <Progress percent={Math.round((used / capacity) * 100)} size="small" showInfo={false} aria-label={words} />}
    </div>
  )
}
