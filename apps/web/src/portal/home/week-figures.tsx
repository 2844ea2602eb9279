import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { usePublicFigures } from '../parts/use-public-figures.ts'

/** What happened this week, and when it was counted. */
export function WeekFigures() {
  const { t } = useT()
  const format = useFormat()
  const { data } = usePublicFigures()
  if (!data) return null
  const figures = [
    { label: t('portal.home.newThisWeek'), value: format.number(data.newThisWeek) },
    { label: t('portal.home.updatedThisWeek'), value: format.number(data.updatedThisWeek) },
    { label: t('portal.home.openSets'), value: format.number(data.open) },
    { label: t('portal.home.openRows'), value: format.large(data.rows) },
  ]
  return (
    <section className="dtp-section" aria-labelledby="week">
      <div className="dtp-section-head">
        <h2 id="week">{t('portal.home.week')}</h2>
        <span className="dt-secondary">{t('portal.home.asOf', { date: format.date(data.asOf) })}</span>
      </div>
      <dl className="dtp-week">
        {figures.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
