import { CheckCircleOutlined, CloseCircleOutlined, MinusCircleOutlined } from '@ant-design/icons'
import type { QualityRule, RuleOutcomeView, Severity } from '@datong/contracts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Chip, type Tone } from '../../shared/ui/chips.tsx'

const SEVERITY: Record<Severity, Tone> = { minor: 'plain', major: 'gamboge', critical: 'cinnabar' }
const VERDICT = {
  passed: { tone: 'jade', icon: <CheckCircleOutlined /> }, failed: { tone: 'cinnabar', icon: <CloseCircleOutlined /> }, unmeasured: { tone: 'plain', icon: <MinusCircleOutlined /> },
} as const

export function SeverityChip({ severity }: { readonly severity: Severity }) {
  const { t } = useT()
  return <Chip tone={SEVERITY[severity]}>{t(`checks.severity.${severity}`)}</Chip>
}

/** What a rule found last, or that it has found nothing yet; a rule that rests says so. */
export function VerdictChip({ rule }: { readonly rule: Pick<QualityRule, 'state' | 'outcome' | 'version'> }) {
  const { t } = useT()
  if (rule.state !== 'active') return <Chip tone="plain">{t(`checks.state.${rule.state}`)}</Chip>
  if (rule.outcome === null || rule.outcome.ruleVersion !== rule.version) return <Chip tone="plain">{t('checks.notChecked')}</Chip>
  return <OutcomeChip verdict={rule.outcome.verdict} />
}

export function OutcomeChip({ verdict }: { readonly verdict: RuleOutcomeView['verdict'] }) {
  const { t } = useT()
  return <Chip tone={VERDICT[verdict].tone} icon={VERDICT[verdict].icon}>{t(`checks.verdict.${verdict}`)}</Chip>
}
