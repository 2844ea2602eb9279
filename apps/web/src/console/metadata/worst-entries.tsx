import { METADATA_BANDS, operations, type MetadataScore } from '@datong/contracts'
import { Select } from 'antd'
import { Link } from 'react-router'
import { usePages } from '../../shared/api/use-pages.ts'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { DataTable } from '../../shared/ui/data-table.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { pick } from '../../shared/ui/pick.ts'
import { oneOf, useFilters } from '../../shared/ui/use-filters.ts'
import { BandChip } from './band-chip.tsx'
import { gainsOf } from './gains.ts'
import type { Figures } from './figures.ts'

const GAINS_SHOWN = 3

/** Entries by the quality of their descriptions, the worst first, with where most points are to be gained. */
export function WorstEntries({ departments }: { readonly departments: Figures['departments'] }) {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const { values, set } = useFilters(['organisation', 'band', 'lacking'])
  const band = oneOf(METADATA_BANDS, values.band)
  const pages = usePages(operations.listMetadataScores, { query: { ...pick('organisation', values.organisation), ...pick('band', band), ...pick('lacking', values.lacking) } })
  const first = pages.answer.data?.items[0]
  return (
    <div id="entries">
      <Panel title={t('metadata.worst')} flush>
        <div className="dt-filters">
          <Select
            aria-label={t('metadata.filterDepartment')} value={values.organisation ?? ''} popupMatchSelectWidth={false} onChange={(value) => set('organisation', value === '' ? undefined : value)}
            options={[{ value: '', label: t('metadata.allDepartments') }, ...departments.map(({ organisation }) => ({ value: organisation.code, label: name(organisation) }))]}
          />
          <Select
            aria-label={t('metadata.filterBand')} value={band ?? ''} popupMatchSelectWidth={false} onChange={(value) => set('band', value === '' ? undefined : value)}
            options={[{ value: '', label: t('metadata.allBands') }, ...METADATA_BANDS.map((value) => ({ value, label: t(`metadata.band.${value}`) }))]}
          />
          <Select
            aria-label={t('metadata.filterIndicator')} value={values.lacking ?? ''} popupMatchSelectWidth={false} onChange={(value) => set('lacking', value === '' ? undefined : value)}
            options={[{ value: '', label: t('metadata.allIndicators') }, ...(first?.indicators ?? (values.lacking === undefined ? [] : [{ id: values.lacking }])).map(({ id }) => ({ value: id, label: t.maybe('metadata.indicator.', id, id) }))]}
          />
        </div>
        <DataTable<MetadataScore>
          label={t('metadata.worst')} pages={pages} rowKey={(one) => one.entryCode} empty={{ title: t('metadata.none'), hint: t('metadata.noneHint') }}
          columns={[
            {
              key: 'entry', title: t('metadata.column.entry'),
              render: (one) => (
                <div className="dt-cell-title">
                  <Link to={`/console/catalog/${one.entryCode}?tab=quality`}>{one.title}</Link>
                  <div className="dt-secondary dt-cell-sub"><span className="dt-mono">{one.entryCode}</span> {name(one.organisation)}</div>
                </div>
              ),
            },
            { key: 'points', title: t('metadata.column.points'), align: 'right', render: (one) => format.number(one.points, 1) },
            { key: 'band', title: t('metadata.column.band'), render: (one) => <BandChip band={one.band} /> },
            { key: 'completeness', title: t('metadata.column.completeness'), align: 'right', render: (one) => format.percent(one.completeness) },
            {
              key: 'gains', title: t('metadata.column.gains'),
              render: (one) => gainsOf(one.indicators).slice(0, GAINS_SHOWN).map(({ id, points }) => `${t.maybe('metadata.indicator.', id, id)} ${t('metadata.gain', { points: format.number(points, 1) })}`).join(' · '),
            },
          ]}
        />
      </Panel>
    </div>
  )
}
