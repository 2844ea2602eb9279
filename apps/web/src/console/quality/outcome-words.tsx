import type { RuleOutcomeView } from '@datong/contracts'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'

/** Counts of an outcome as a sentence; or why there are none. */
export function OutcomeWords({ outcome }: { readonly outcome: Pick<RuleOutcomeView, 'verdict' | 'checked' | 'failed' | 'doubtful' | 'reason'> }) {
  const { t } = useT()
  const format = useFormat()
  if (outcome.verdict === 'unmeasured') return <span className="dt-secondary">{t.maybe('checks.unmeasured.', outcome.reason ?? '', t('checks.verdict.unmeasured'))}</span>
  const { failed, checked, doubtful } = outcome
  return (
    <span className="dt-num">
      {t('checks.counts', { failed: format.number(failed), checked: format.number(checked), share: format.percent(checked === 0 ? 0 : failed / checked) })}
      {doubtful > 0 && <span className="dt-secondary"> · {t('checks.doubtful', { count: doubtful, figure: format.number(doubtful) })}</span>}
    </span>
  )
}
