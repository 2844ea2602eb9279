import { Progress } from 'antd'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'

/** How many of the rows that a picture needs have come. */
export function Reading({ read, total }: { readonly read: number; readonly total: number }) {
  const { t } = useT()
  const format = useFormat()
  return (
    <div className="dtp-chart-wait" role="status">
      <p className="dt-secondary">{t('portal.chart.reading', { figure: format.number(read), total: format.number(total) })}</p>
      <Progress percent={(read / Math.max(1, total)) * 100} showInfo={false} aria-label={t('common.progress')} />
    </div>
  )
}
