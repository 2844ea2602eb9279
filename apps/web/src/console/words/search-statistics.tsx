import { operations, type ResponseOf } from '@datong/contracts'
import { Segmented } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useApi } from '../../shared/api/hooks.ts'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Figure } from '../../shared/ui/figure.tsx'
import { ListTable } from '../../shared/ui/list-table.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { Empty, Loaded } from '../../shared/ui/states.tsx'

type Counts = ResponseOf<typeof operations.searchStatistics>['top']

const SPANS = [7, 30, 90] as const
const SHOWN = 12

/** What was searched for and what found nothing, without persons. */
export function SearchStatistics() {
  const { t } = useT()
  const format = useFormat()
  const [days, setDays] = useState<number>(30)
  const answer = useApi(operations.searchStatistics, { query: { days } }, { keepPrevious: true })
  return (
    <Panel
      title={t('search.stats.title')}
      extra={<Segmented<number> aria-label={t('search.stats.title')} value={days} onChange={setDays} options={SPANS.map((value) => ({ value, label: t('search.stats.days', { count: value }) }))} />}
    >
      <p className="dt-secondary">{t('search.stats.privacy')}</p>
      <Loaded of={answer} rows={4}>
        {({ searches, withoutResult, top, nothingFound }) => (
          <>
            <div className="dt-figures">
              <Figure label={t('search.stats.searches')} value={format.number(searches)} />
              <Figure label={t('search.stats.withoutResult')} value={format.number(withoutResult)} />
            </div>
            {top.length + nothingFound.length === 0 ? <Empty title={t('search.stats.none')} /> : (
              <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(320px, 100%), 1fr))', gap: 16, marginTop: 12 }}>
                <Queries title={t('search.stats.top')} counts={top} />
                <Queries title={t('search.stats.nothingFound')} counts={nothingFound} />
              </div>
            )}
          </>
        )}
      </Loaded>
    </Panel>
  )
}

function Queries({ title, counts }: { readonly title: string; readonly counts: Counts }) {
  const { t } = useT()
  const format = useFormat()
  return (
    <ListTable
      label={title} size="small" rows={counts.slice(0, SHOWN)} rowKey={({ query }) => query}
      columns={[
        { key: 'query', title, render: ({ query }) => <Link to={`/console/catalog?${new URLSearchParams({ q: query })}`} lang="zh-CN">{query}</Link> },
        { key: 'count', title: t('search.stats.count'), render: ({ count }) => format.number(count) },
      ]}
    />
  )
}
