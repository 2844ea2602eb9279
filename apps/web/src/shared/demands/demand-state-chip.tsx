import type { DemandState } from '@datong/contracts'
import { useT } from '../i18n/use-t.ts'
import { Chip, type Tone } from '../ui/chips.tsx'

const TONES: Record<DemandState, Tone> = {
  filed: 'plain', assigned: 'primary', accepted: 'primary', refused: 'cinnabar', attached: 'primary', published: 'jade', merged: 'plain', withdrawn: 'plain',
}

/** Where a demand stands. */
export function DemandStateChip({ state }: { readonly state: DemandState }) {
  const { t } = useT()
  return <Chip tone={TONES[state]}>{t(`lists.demandState.${state}`)}</Chip>
}
