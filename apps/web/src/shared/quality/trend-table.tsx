import { useFormat } from '../i18n/use-format.ts'
import { useT } from '../i18n/use-t.ts'
import { drawnLines, type DrawnTrend } from './score-lines.ts'

/** The figures behind the lines, the newest day first; closed until somebody asks. */
export function TrendTable({ trend }: { readonly trend: DrawnTrend }) {
  const { t } = useT()
  const format = useFormat()
  const { days, versions, entries } = trend
  const lines = drawnLines(trend)
  return (
    <details className="dt-trend-figures">
      <summary>{t('quality.trend.figures')}</summary>
      <div className="dt-trend-scroll" role="region" aria-label={t('quality.trend.figures')} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('quality.trend.day')}</th>
              {versions && <th scope="col">{t('quality.trend.version')}</th>}
              {entries && <th scope="col" className="dt-num">{t('quality.trend.entries')}</th>}
              {lines.map(({ name }) => <th key={name} scope="col" className="dt-num">{name === 'overall' ? t('quality.overall') : t(`quality.dimension.${name}`)}</th>)}
            </tr>
          </thead>
          <tbody>
            {days.map((day, index) => (
              <tr key={day}>
                <th scope="row" className="dt-num">{day}</th>
                {versions && <td>{t('common.version', { number: versions[index] ?? 0 })}</td>}
                {entries && <td className="dt-num">{format.number(entries[index] ?? 0)}</td>}
                {lines.map(({ name, scores }) => {
                  const score = scores[index] ?? null
                  return <td key={name} className="dt-num">{score === null ? '–' : format.percent(score)}</td>
                })}
              </tr>
            )).toReversed()}
          </tbody>
        </table>
      </div>
    </details>
  )
}
