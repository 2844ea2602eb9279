import { operations, type Grant } from '@datong/contracts'
import { Alert } from 'antd'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { useReading } from '../access/use-delivery.ts'

/** What is left of today, and a warning when calls run under another grant of the same entry than this one. */
export function QuotaLine({ grant }: { readonly grant: Grant }) {
  const { t } = useT()
  const format = useFormat()
  const { data } = useReading(operations.describeRows, { params: { code: grant.entryCode } })
  if (!data) return null
  if (data.basis !== 'grant' || data.grantNumber !== grant.number) {
    return <Alert type="warning" showIcon className="dt-grant-note" title={data.basis === 'grant' ? t('workbench.otherGrant', { number: data.grantNumber ?? '' }) : t('workbench.otherBasis', { basis: t(`common.basis.${data.basis}`) })} description={t('workbench.otherHint')} />
  }
  return data.quota && (
    <p className="dt-secondary dt-work-quota">{t('workbench.quota', { left: format.number(data.quota.remainingToday), day: format.number(data.quota.perDay), second: format.number(data.quota.perSecond) })}</p>
  )
}
