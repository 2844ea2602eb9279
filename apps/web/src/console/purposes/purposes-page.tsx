import { PlusOutlined } from '@ant-design/icons'
import { operations, PURPOSE_STATES, type Purpose, type PurposeState } from '@datong/contracts'
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useApi } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Chip, type Tone } from '../../shared/ui/chips.tsx'
import { ListTable } from '../../shared/ui/list-table.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { pick } from '../../shared/ui/pick.ts'
import { Empty, Loaded } from '../../shared/ui/states.tsx'
import { oneOf, useFilters } from '../../shared/ui/use-filters.ts'
import { PurposeDialog } from './purpose-dialog.tsx'
import './purposes.css'

const TONE: Record<PurposeState, Tone> = { 'to-be-confirmed': 'gamboge', active: 'jade', retired: 'plain' }

export function PurposeStateChip({ state }: { readonly state: PurposeState }) {
  const { t } = useT()
  return <Chip tone={TONE[state]}>{t(`purposes.state.${state}`)}</Chip>
}

/** The catalogue of purposes: what data may be used for, and by which words a purpose is recognised. */
export function PurposesPage() {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const { can } = useSession()
  const { values, set } = useFilters(['state'])
  const [adding, setAdding] = useState(false)
  const state = oneOf(PURPOSE_STATES, values.state)
  const list = useApi(operations.listPurposes, { query: pick('state', state) }, { keepPrevious: true })
  return (
    <>
      <p className="dt-secondary dt-lead">{t('purposes.intro')}</p>
      <Panel flush>
        <div className="dt-filters">
          <Segmented value={state ?? 'all'} onChange={(value) => set('state', value === 'all' ? undefined : value)} options={[{ value: 'all', label: t('common.all') }, ...PURPOSE_STATES.map((value) => ({ value, label: t(`purposes.state.${value}`) }))]} />
          {can(operations.savePurpose) && <span className="dt-filters-end"><Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>{t('purposes.add')}</Button></span>}
        </div>
        <Loaded of={list} rows={6}>
          {({ items }) => items.length === 0 ? <Empty title={t('purposes.none')} /> : (
            <ListTable<Purpose>
              rows={items} rowKey={({ code }) => code} label={t('purposes.title')}
              columns={[
                { key: 'name', title: t('purposes.name'), render: (one) => <div className="dt-cell-title"><Link to={`/console/governance/purposes/${one.code}`}>{name(one)}</Link><div className="dt-secondary dt-cell-sub">{one.description || <span className="dt-mono">{one.code}</span>}</div></div> },
                { key: 'basis', title: t('sharing.form.legalBasis'), render: (one) => <span className="dt-purpose-basis">{one.legalBasis}</span> },
                { key: 'words', title: t('purposes.words'), render: (one) => <span className="dt-parties dt-secondary">{one.words.join(t('shell.and')) || '–'}</span> },
                { key: 'state', title: t('sharing.column.state'), render: (one) => <PurposeStateChip state={one.state} /> },
                { key: 'changed', title: t('rules.changed'), render: (one) => <span className="dt-nowrap">{format.date(one.changedAt)}</span> },
              ]}
            />
          )}
        </Loaded>
      </Panel>
      {adding && <PurposeDialog onClose={() => setAdding(false)} />}
    </>
  )
}
