import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { usePublicFigures } from '../parts/use-public-figures.ts'

/** What happened this week, and when it was counted. */
export function WeekFigures() {
  const { t } = useT()
  const format = useFormat()
  const { data } = usePublicFigures()
  if (!data) return <div />
  const figures = [
    { label: t('portal.home.newThisWeek'), value: format.number(data.newThisWeek) },
    { label: t('portal.home.updatedThisWeek'), value: format.number(data.updatedThisWeek) },
  ]
  return (
    <section className="dtp-week" aria-labelledby="week">
      <h2 id="week">{t('portal.home.week')}</h2>
      <dl>
        {figures.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="dt-secondary">{t('portal.home.asOf', { date: format.date(data.asOf) })}</p>
    </section>
  )
}
