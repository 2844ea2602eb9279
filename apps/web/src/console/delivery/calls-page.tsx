import { operations } from '@datong/contracts'
import { Segmented, Table } from 'antd'
import { Link } from 'react-router'
import { useApi } from '../../shared/api/hooks.ts'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Figure } from '../../shared/ui/figure.tsx'
import { PageHeader, Panel } from '../../shared/ui/page-header.tsx'
import { Loaded } from '../../shared/ui/states.tsx'
import { oneOf, useFilters } from '../../shared/ui/use-filters.ts'
import { UsageChart } from './usage-chart.tsx'
import './calls.css'

const SPANS = ['7', '30', '90', '365'] as const

/** What left the platform: calls and rows by day, entry and consumer. */
export function CallsPage() {
  const { t } = useT()
  const format = useFormat()
  const { values, set } = useFilters(['days'])
  const span = oneOf(SPANS, values.days) ?? '30'
  const query = { days: Number(span) }
  const usage = useApi(operations.usage, { query }, { keepPrevious: true })
  return (
    <>
      <PageHeader
        title={t('delivery.title')}
        actions={<Segmented aria-label={t('delivery.span')} value={span} onChange={(value) => set('days', value)} options={SPANS.map((days) => ({ value: days, label: t('delivery.spanDays', { count: Number(days) }) }))} />}
      />
      <Loaded of={usage}>
        {(data) => (
          <div className="dt-figures">
            <Figure label={t('delivery.callsToday')} value={format.large(data.callsToday)} />
            <Figure label={t('delivery.callsSpan')} value={format.large(data.totalCalls)} />
            <Figure label={t('delivery.rowsSpan')} value={format.large(data.totalRows)} />
          </div>
        )}
      </Loaded>
      <UsageChart query={query} />
      <Loaded of={usage}>
        {(data) => (
          <div className="dt-halves">
            <Panel title={t('delivery.byEntry')} flush>
              <Table
                size="middle" rowKey="entryCode" dataSource={data.byEntry} pagination={{ pageSize: 10, showSizeChanger: false, hideOnSinglePage: true }} locale={{ emptyText: t('delivery.noCalls') }}
                columns={[
                  { key: 'title', title: t('delivery.entry'), render: (_, row) => <Link to={`/console/catalog/${row.entryCode}`}>{row.title}</Link> },
                  { key: 'calls', title: t('delivery.calls'), align: 'right', render: (_, row) => format.number(row.calls), sorter: (a, b) => a.calls - b.calls, defaultSortOrder: 'descend' },
                  { key: 'rows', title: t('delivery.rows'), align: 'right', render: (_, row) => format.number(row.rows), sorter: (a, b) => a.rows - b.rows },
                ]}
              />
            </Panel>
            <Panel title={t('delivery.byConsumer')} flush>
              <Table
                size="middle" rowKey="organisation" dataSource={data.byConsumer} pagination={{ pageSize: 10, showSizeChanger: false, hideOnSinglePage: true }} locale={{ emptyText: t('delivery.noCalls') }}
                columns={[
                  { key: 'name', title: t('delivery.consumer'), render: (_, row) => row.name },
                  { key: 'calls', title: t('delivery.calls'), align: 'right', render: (_, row) => format.number(row.calls), sorter: (a, b) => a.calls - b.calls, defaultSortOrder: 'descend' },
                  { key: 'rows', title: t('delivery.rows'), align: 'right', render: (_, row) => format.number(row.rows), sorter: (a, b) => a.rows - b.rows },
                ]}
              />
            </Panel>
          </div>
        )}
      </Loaded>
    </>
  )
}
