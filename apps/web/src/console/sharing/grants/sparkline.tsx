import { operations } from '@datong/contracts'
import { useApi } from '../../../shared/api/hooks.ts'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'

const DAYS = 30
const [BAR, GAP, HEIGHT] = [3, 1, 26]

/** Calls of a grant by day over a month, as small as a word. */
export function Sparkline({ grantId }: { readonly grantId: string }) {
  const { t } = useT()
  const format = useFormat()
  const usage = useApi(operations.usage, { query: { grantId, days: DAYS } })
  if (!usage.data) return <span className="dt-secondary">…</span>
  const { days, totalCalls } = usage.data
  const most = Math.max(1, ...days.map(({ calls }) => calls))
  return (
    <svg className="dt-spark" width={DAYS * (BAR + GAP)} height={HEIGHT} role="img" aria-label={t('sharing.sparkWords', { calls: format.number(totalCalls) })}>
      {days.map(({ day, calls }, index) => {
        const height = calls === 0 ? 1 : Math.max(2, (calls / most) * HEIGHT)
        return <rect key={day} className={calls === 0 ? 'dt-spark-none' : undefined} x={index * (BAR + GAP)} y={HEIGHT - height} width={BAR} height={height}><title>{`${day} ${format.number(calls)}`}</title></rect>
      })}
    </svg>
  )
}
