import { Segmented } from 'antd'
import { useT } from '../i18n/use-t.ts'

/** Days that a trend can be asked for. */
const PERIODS = [30, 90, 365] as const
export const USUAL_PERIOD = 90

/** How far back a trend goes. */
export function TrendPeriod({ days, onChange }: { readonly days: number; readonly onChange: (days: number) => void }) {
  const { t } = useT()
  return <Segmented size="small" aria-label={t('quality.trend.period')} value={days} onChange={onChange} options={PERIODS.map((value) => ({ value, label: t(`quality.trend.period.${value}`) }))} />
}
