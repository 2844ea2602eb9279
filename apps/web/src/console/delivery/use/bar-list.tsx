import { Button } from 'antd'
import { useState, type ReactNode } from 'react'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import './use.css'

export interface Bar {
  readonly key: string
  readonly name: ReactNode
  readonly value: number
  /** Rows taken, where they are known. */
  readonly rows?: number
}

const SHOWN_FIRST = 8

/** Amounts by name, the largest first, as bars from zero with their figures: chart and table in one. */
export function BarList({ bars, label, unit, tone = 'primary' }: { readonly bars: readonly Bar[]; readonly label: string; readonly unit: string; readonly tone?: 'primary' | 'cinnabar' }) {
  const { t } = useT()
  const format = useFormat()
  const [all, setAll] = useState(false)
  const sorted = bars.toSorted((a, b) => b.value - a.value)
  const most = Math.max(1, sorted[0]?.value ?? 0)
  const withRows = bars.some((bar) => bar.rows !== undefined)
  if (bars.length === 0) return <p className="dt-secondary">{t('delivery.noCalls')}</p>
  return (
    <>
      <table className="dt-bars" aria-label={label}>
        <thead><tr><th scope="col">{label}</th><th scope="col" className="dt-num">{unit}</th>{withRows && <th scope="col" className="dt-num">{t('delivery.rows')}</th>}</tr></thead>
        <tbody>
          {(all ? sorted : sorted.slice(0, SHOWN_FIRST)).map((bar) => (
            <tr key={bar.key}>
              <th scope="row">{bar.name}<span className={`dt-bar dt-bar-${tone}`} aria-hidden style={{ width: `${(bar.value / most) * 100}%` }} /></th>
              <td className="dt-num">{format.number(bar.value)}</td>
              {withRows && <td className="dt-num">{format.large(bar.rows ?? 0)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {sorted.length > SHOWN_FIRST && <Button type="link" size="small" onClick={() => setAll(!all)}>{all ? t('delivery.fewer') : t('delivery.showAll', { count: sorted.length })}</Button>}
    </>
  )
}
