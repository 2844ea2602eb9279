import type { FormState, FormTaskState } from '@datong/contracts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Chip, type Tone } from '../../../shared/ui/chips.tsx'

const FORM_TONE: Readonly<Record<FormState, Tone>> = { draft: 'plain', open: 'primary', closed: 'plain', removed: 'plain' }
const TASK_TONE: Readonly<Record<FormTaskState, Tone>> = { filling: 'gamboge', submitted: 'jade', returned: 'cinnabar' }

export function FormStateChip({ state }: { readonly state: FormState }) {
  const { t } = useT()
  return <Chip tone={FORM_TONE[state]}>{t(`forms.state.${state}`)}</Chip>
}

export function FormTaskChip({ state }: { readonly state: FormTaskState }) {
  const { t } = useT()
  return <Chip tone={TASK_TONE[state]}>{t(`forms.taskState.${state}`)}</Chip>
}
