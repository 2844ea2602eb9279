import type { RuleCondition } from '@datong/contracts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Panel } from '../../shared/ui/page-header.tsx'
import { EffectChip } from './rule-chips.tsx'
import { useRuleWords } from './rule-words.ts'

interface RuleText {
  readonly effect: 'grant' | 'refuse' | 'route'
  readonly priority: number
  readonly reason: string
  readonly legalBasis: string
  readonly note: string
  readonly conditions: readonly RuleCondition[]
}

/** A rule in words, for those who do not write it. */
export function RuleWordsView({ rule }: { readonly rule: RuleText }) {
  const { t } = useT()
  const words = useRuleWords()
  return (
    <Panel>
      <dl className="dt-def">
        <dt>{t('rules.conditions')}</dt>
        <dd>{rule.conditions.length === 0 ? t('rules.always') : <ol className="dt-plain-list">{rule.conditions.map((one, index) => <li key={index}>{words.attribute(one.attribute)} {words.operator(one.operator)} {words.value(one.attribute, one.value)}</li>)}</ol>}</dd>
        <dt>{t('rules.effectTitle')}</dt><dd><EffectChip effect={rule.effect} /></dd>
        <dt>{t('rules.priority')}</dt><dd>{rule.priority}</dd>
        {rule.reason && <><dt>{t('rules.reason')}</dt><dd className="dt-prewrap">{rule.reason}</dd></>}
        {rule.legalBasis && <><dt>{t('sharing.form.legalBasis')}</dt><dd className="dt-prewrap">{rule.legalBasis}</dd></>}
        {rule.note && <><dt>{t('rules.note')}</dt><dd className="dt-prewrap">{rule.note}</dd></>}
      </dl>
    </Panel>
  )
}
