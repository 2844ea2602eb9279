import type { QualityOverview, QualityTrend } from '@datong/contracts'
import { Link } from 'react-router'
import { useSession } from '../../shared/api/session.tsx'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Change, Sparkline } from '../../shared/quality/sparkline.tsx'
import { ListTable } from '../../shared/ui/list-table.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { Stars } from '../../shared/ui/stars.tsx'
import { Empty } from '../../shared/ui/states.tsx'

type Department = QualityOverview['departments'][number]

interface DepartmentScoresProps {
  readonly departments: QualityOverview['departments']
  readonly trend: QualityTrend | undefined
  /** Shows the trend of a department. */
  readonly onShow: (organisation: string) => void
}

/** Departments, the best first, each with what it weighs in the city and how its score went. */
export function DepartmentScores({ departments, trend, onShow }: DepartmentScoresProps) {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const { user, has } = useSession()
  const seesAll = has('steward') || has('auditor') || has('leader')
  const failing = (one: Department) => {
    const text = t('checks.failingOfRules', { failing: format.number(one.failing), rules: format.number(one.rules) })
    return one.rules > 0 && (seesAll || user?.organisation?.code === one.organisation.code) ? <Link to={`/console/quality/rules?verdict=failed&organisation=${one.organisation.code}`}>{text}</Link> : text
  }
  const lines = new Map(trend?.departments.map(({ organisation, overall }) => [organisation.code, overall]))
  const went = (one: Department) => {
    const scores = lines.get(one.organisation.code) ?? []
    if (scores.filter((score) => score !== null).length < 2) return '–'
    return (
      <button type="button" className="dt-trend-cell dt-plain-button" title={t('quality.trend.show')} aria-label={t('quality.trend.showOf', { of: name(one.organisation) })} onClick={() => onShow(one.organisation.code)}>
        <Sparkline scores={scores} />
        <Change scores={scores} words={(points) => t('quality.trend.points', { points })} />
      </button>
    )
  }
  return (
    <Panel title={t('checks.departments')} flush>
      {departments.length === 0
        ? <Empty title={t('checks.noDepartments')} hint={t('checks.noDepartmentsHint')} />
        : (
          <ListTable<Department>
            label={t('checks.departments')} rows={departments} rowKey={(one) => one.organisation.code}
            columns={[
              { key: 'name', title: t('checks.department'), render: (one) => <div className="dt-checks-department">{name(one.organisation)}</div> },
              {
                key: 'score', title: t('quality.overall'),
                render: (one) => (
                  <span className="dt-checks-score">
                    <span className="dt-bar" aria-hidden><span style={{ width: `${(one.overall ?? 0) * 100}%` }} /></span>
                    <span className="dt-num">{one.overall === null ? '–' : format.percent(one.overall)}</span>
                  </span>
                ),
              },
              { key: 'trend', title: t('quality.trend.column'), render: went },
              { key: 'stars', title: t('checks.stars'), render: (one) => <Stars stars={one.stars} {...(one.overall === null ? {} : { overall: one.overall })} /> },
              { key: 'entries', title: t('checks.entriesWeight'), render: (one) => <span className="dt-num">{t('checks.entriesShare', { entries: format.number(one.entries), share: format.percent(one.weight) })}</span> },
              { key: 'failing', title: t('checks.failingRules'), render: failing },
              { key: 'critical', title: t('checks.criticalRules'), render: (one) => (one.critical > 0 ? <span className="dt-checks-bad dt-num">{format.number(one.critical)}</span> : <span className="dt-num">0</span>) },
              { key: 'held', title: t('checks.heldColumn'), render: (one) => <span className="dt-num">{format.number(one.held)}</span> },
            ]}
          />
        )}
    </Panel>
  )
}
