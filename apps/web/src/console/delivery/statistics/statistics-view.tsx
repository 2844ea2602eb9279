import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Empty } from '../../../shared/ui/states.tsx'
import { GroupChart } from './group-chart.tsx'
import { GroupTable } from './group-table.tsx'
import type { Statistics } from './groups.ts'

/** The groups of an answer: by one field as bars too, and as a table always. */
export function StatisticsView({ statistics }: { readonly statistics: Statistics }) {
  const { t } = useT()
  const { by, groups, leastCount } = statistics
  const [field] = by
  if (groups.length === 0) return <Empty title={t('workbench.statistics.none')} hint={t('workbench.statistics.noneHint', { least: leastCount })} />
  return (
    <>
      {by.length === 1 && field !== undefined && <GroupChart field={field} groups={groups} />}
      <GroupTable key={by.join()} by={by} groups={groups} />
    </>
  )
}

/** What an answer says in a line: how many rows and groups, and what it leaves out. */
export function StatisticsWords({ statistics }: { readonly statistics: Statistics }) {
  const { t } = useT()
  const format = useFormat()
  const { groups, total, suppressedRows, leastCount, roundedTo, version } = statistics
  return (
    <p className="dt-work-facts">
      <strong>{t('workbench.statistics.total', { total: format.number(total) })}</strong>
      <span>{t('workbench.statistics.groups', { count: groups.length, figure: format.number(groups.length) })}</span>
      {suppressedRows > 0 && <span>{t('workbench.statistics.leftOut', { rows: format.number(suppressedRows), least: leastCount })}</span>}
      <span className="dt-secondary">{t('workbench.statistics.rounded', { step: roundedTo })}</span>
      <span className="dt-secondary">{t('common.version', { number: format.number(version) })}</span>
    </p>
  )
}
