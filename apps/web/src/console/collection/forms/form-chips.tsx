import type { FormRoundState, FormState, FormTaskState } from '@datong/contracts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Chip, type Tone } from '../../../shared/ui/chips.tsx'

const FORM_TONE: Readonly<Record<FormState, Tone>> = { draft: 'plain', open: 'primary', closed: 'plain', removed: 'plain' }
const TASK_TONE: Readonly<Record<FormTaskState, Tone>> = { asked: 'plain', filling: 'gamboge', submitted: 'primary', returned: 'cinnabar', accepted: 'jade' }

export function FormStateChip({ state }: { readonly state: FormState }) {
  const { t } = useT()
  return <Chip tone={FORM_TONE[state]}>{t(`forms.state.${state}`)}</Chip>
}

export function FormRoundChip({ state }: { readonly state: FormRoundState }) {
  const { t } = useT()
  return <Chip tone={state === 'open' ? 'primary' : 'plain'}>{t(`forms.roundState.${state}`)}</Chip>
}

export function FormTaskChip({ state }: { readonly state: FormTaskState }) {
  const { t } = useT()
  return <Chip tone={TASK_TONE[state]}>{t(`forms.taskState.${state}`)}</Chip>
}
