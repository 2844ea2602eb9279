import type { Derived } from '@datong/contracts'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { GradeChip } from '../../../shared/ui/chips.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'

/** What the strictest of the inputs leaves. */
export function Protection({ effective }: { readonly effective: NonNullable<Derived['effective']> }) {
  const { t } = useT()
  const format = useFormat()
  const { until, quota, grade, masked } = effective
  return (
    <Panel title={t('derived.strictest')}>
      <p className="dt-secondary dt-lead">{t('derived.strictestHint')}</p>
      <dl className="dt-def">
        <dt>{t('delivery.grade')}</dt><dd><GradeChip grade={grade} /></dd>
        <dt>{t('derived.until')}</dt><dd>{until ?? t('derived.noEnd')}</dd>
        <dt>{t('derived.quota')}</dt><dd>{quota ? t('sharing.quotaWords', { second: format.number(quota.perSecond), day: format.number(quota.perDay) }) : t('derived.noQuota')}</dd>
        <dt>{t('derived.masked')}</dt><dd>{masked.length > 0 ? masked.join(t('derived.comma')) : t('common.none')}</dd>
      </dl>
    </Panel>
  )
}
