import { CheckCircleOutlined, EditOutlined, FormOutlined, QuestionCircleOutlined, StopOutlined } from '@ant-design/icons'
import type { STANDARD_STATES } from '@datong/contracts'
import type { ReactNode } from 'react'
import { useT } from '../../shared/i18n/use-t.ts'
import { Chip, type Tone } from '../../shared/ui/chips.tsx'

type State = (typeof STANDARD_STATES)[number]

const LOOK: Readonly<Record<State, { tone: Tone; icon: ReactNode }>> = {
  draft: { tone: 'plain', icon: <FormOutlined /> },
  published: { tone: 'jade', icon: <CheckCircleOutlined /> },
  revising: { tone: 'gamboge', icon: <EditOutlined /> },
  abolished: { tone: 'plain', icon: <StopOutlined /> },
}

/** 发布—实施—修订—废止. */
export function StateOf({ state }: { readonly state: State }) {
  const { t } = useT()
  return <Chip tone={LOOK[state].tone} icon={LOOK[state].icon}>{t(`standards.state.${state}`)}</Chip>
}

/** Its source was not held against the text of the standard yet. */
export function ToBeConfirmed() {
  const { t } = useT()
  return <Chip tone="gamboge" icon={<QuestionCircleOutlined />}>{t('standards.unconfirmed')}</Chip>
}
