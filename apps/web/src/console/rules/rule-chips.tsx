import { CheckCircleOutlined, CloseCircleOutlined, TeamOutlined } from '@ant-design/icons'
import type { RuleEffect, RuleState } from '@datong/contracts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Chip, type Tone } from '../../shared/ui/chips.tsx'

const EFFECT = {
  grant: { tone: 'jade', icon: <CheckCircleOutlined /> }, refuse: { tone: 'cinnabar', icon: <CloseCircleOutlined /> }, route: { tone: 'primary', icon: <TeamOutlined /> },
} as const
const STATE: Record<RuleState, Tone> = { draft: 'gamboge', active: 'jade', retired: 'plain' }

/** What a rule does: grants, refuses, or sends to people. */
export function EffectChip({ effect }: { readonly effect: RuleEffect }) {
  const { t } = useT()
  return <Chip tone={EFFECT[effect].tone} icon={EFFECT[effect].icon}>{t(`rules.effect.${effect}`)}</Chip>
}

export function RuleStateChip({ state }: { readonly state: RuleState }) {
  const { t } = useT()
  return <Chip tone={STATE[state]}>{t(`rules.stateName.${state}`)}</Chip>
}
