import type { FieldProfileView } from '@datong/contracts'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import type { Distribution } from './distribution.ts'

/** Counts of values as bars from zero. The picture is itself a table, so that everybody reads the same figures. */
export function ValueBars({ field, distribution }: { readonly field: FieldProfileView; readonly distribution: Extract<Distribution, { kind: 'values' }> }) {
  const { t } = useT()
  const format = useFormat()
  const { parts, others } = distribution
  const most = Math.max(1, ...parts.map(({ count }) => count))
  const empty = field.rows - field.filled
  return (
    <figure className="dtp-figure">
      <figcaption>
        <h2>{t('portal.chart.rowsBy', { field: field.name })}</h2>
        {field.distinct !== null && <p className="dt-secondary">{t('portal.chart.values', { count: field.distinct, figure: format.number(field.distinct) })}</p>}
      </figcaption>
      <table className="dtp-bars dtp-bars-wide">
        <thead className="dt-visually-hidden"><tr><th scope="col">{field.name}</th><th scope="col">{t('portal.chart.bar')}</th><th scope="col">{t('portal.chart.count')}</th></tr></thead>
        <tbody>
          {parts.map(({ value, count }) => (
            <tr key={value}>
              <th scope="row">{value}</th>
              <td className="dtp-bar-cell"><span className="dtp-bar" style={{ width: `${(count / most) * 100}%` }} aria-hidden /></td>
              <td className="dt-num">{format.number(count)} <span className="dt-secondary">{format.percent(count / field.rows)}</span></td>
            </tr>
          ))}
        </tbody>
      </table>
      {(others > 0 || empty > 0) && (
        <p className="dt-secondary">
          {[
            ...(others > 0 ? [t('portal.chart.others', { figure: format.number(others), share: format.percent(others / field.rows) })] : []),
            ...(empty > 0 ? [t('portal.chart.empty', { figure: format.number(empty) })] : []),
          ].join(' · ')}
        </p>
      )}
    </figure>
  )
}
