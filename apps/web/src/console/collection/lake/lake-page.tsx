import { PlusOutlined } from '@ant-design/icons'
import { LAKE_LAYERS, operations, type LakeEntry } from '@datong/contracts'
import { Select } from 'antd'
import { Link } from 'react-router'
import { useSession } from '../../../shared/api/session.tsx'
import { usePages } from '../../../shared/api/use-pages.ts'
import { useFormat, useName } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Chip, type Tone } from '../../../shared/ui/chips.tsx'
import { DataTable } from '../../../shared/ui/data-table.tsx'
import { LinkButton } from '../../../shared/ui/link-button.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { pick } from '../../../shared/ui/pick.ts'
import { SearchBox } from '../../../shared/ui/search-box.tsx'
import { oneOf, useFilters } from '../../../shared/ui/use-filters.ts'
import './lake.css'

const TONES: Readonly<Record<LakeEntry['layer'], Tone>> = { source: 'plain', topic: 'primary', service: 'jade' }

export function LayerChip({ layer }: { readonly layer: LakeEntry['layer'] }) {
  const { t } = useT()
  return <Chip tone={TONES[layer]}>{t(`lake.layers.${layer}`)}</Chip>
}

/** What lies in the lake, layer by layer; what changed last first. */
export function LakePage() {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const { can } = useSession()
  const { values, set, any } = useFilters(['layer', 'q'])
  const layer = oneOf(LAKE_LAYERS, values.layer)
  const pages = usePages(operations.listLake, { query: { ...pick('layer', layer), ...pick('q', values.q) } })
  const make = can(operations.createView) && <LinkButton type="primary" icon={<PlusOutlined />} to="/console/collection/lake/new">{t('lake.newView')}</LinkButton>
  return (
    <>
      <p className="dt-secondary dt-lead">{t('lake.intro')}</p>
      <Panel flush>
        <div className="dt-filters" role="search">
          <SearchBox value={values.q} placeholder={t('lake.search')} onSearch={(q) => set('q', q)} />
          <Select
            allowClear placeholder={t('lake.layer')} aria-label={t('lake.layer')} value={layer ?? null} onChange={(value) => set('layer', value ?? undefined)}
            options={LAKE_LAYERS.map((value) => ({ value, label: t(`lake.layers.${value}`) }))}
          />
          {make && <span className="dt-filters-end">{make}</span>}
        </div>
        <DataTable<LakeEntry>
          label={t('lake.title')} pages={pages} rowKey={({ code }) => code} empty={any ? { title: t('lake.noneFound') } : { title: t('lake.none'), hint: t('lake.noneHint'), action: make || undefined }}
          columns={[
            { key: 'title', title: t('lake.column.entry'), render: (one) => <div className="dt-cell-title"><Link to={`/console/collection/lake/${one.code}`}>{one.title}</Link><div className="dt-secondary dt-cell-sub">{one.code} · {name(one.organisation)}</div></div> },
            { key: 'layer', title: t('lake.layer'), render: (one) => <LayerChip layer={one.layer} /> },
            { key: 'current', title: t('lake.column.current'), render: (one) => (one.current === null ? <span className="dt-secondary">{t('lake.notYet')}</span> : <span className="dt-nowrap">v{one.current.number} · {format.dateTime(one.current.since)}</span>) },
            { key: 'rows', title: t('lake.column.rows'), align: 'right', render: (one) => (one.current === null ? '–' : format.number(one.current.rowCount)) },
            { key: 'versions', title: t('lake.column.versions'), align: 'right', render: (one) => format.number(one.versions) },
            { key: 'bytes', title: t('lake.column.bytes'), align: 'right', render: (one) => format.bytes(one.bytes) },
          ]}
        />
      </Panel>
    </>
  )
}
