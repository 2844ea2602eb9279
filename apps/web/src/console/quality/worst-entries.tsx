import type { QualityOverview } from '@datong/contracts'
import { Link } from 'react-router'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ListTable } from '../../shared/ui/list-table.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { Stars } from '../../shared/ui/stars.tsx'

type Low = QualityOverview['worst'][number]

/** The published entries that pull the city's score down most: where to begin. */
export function WorstEntries({ entries }: { readonly entries: QualityOverview['worst'] }) {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  if (entries.length === 0) return null
  return (
    <Panel title={t('checks.worst')} extra={<span className="dt-secondary">{t('checks.worstHint')}</span>} flush>
      <ListTable<Low>
        label={t('checks.worst')} rows={entries} rowKey={({ entryCode }) => entryCode}
        columns={[
          { key: 'title', title: t('checks.entry'), render: (one) => <div className="dt-cell-title"><Link to={`/console/quality/entries/${one.entryCode}?tab=score`}>{one.title}</Link><div className="dt-secondary dt-cell-sub">{name(one.organisation)}</div></div> },
          {
            key: 'score', title: t('quality.overall'),
            render: (one) => <span className="dt-checks-score"><span className="dt-bar" aria-hidden><span style={{ width: `${one.overall * 100}%` }} /></span><span className="dt-num">{format.percent(one.overall)}</span></span>,
          },
          { key: 'stars', title: t('checks.stars'), render: (one) => <Stars stars={one.stars} overall={one.overall} /> },
          { key: 'failing', title: t('checks.failingRules'), render: (one) => <span className="dt-num">{format.number(one.failing)}</span> },
        ]}
      />
    </Panel>
  )
}
