import type { FormTask } from '@datong/contracts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Chip, type Tone } from '../../../shared/ui/chips.tsx'
import { standingKey } from './standing-key.ts'

const TONE: Readonly<Record<FormTask['standing'], Tone>> = { undated: 'plain', 'in-time': 'plain', soon: 'gamboge', late: 'cinnabar', 'handed-in': 'jade', 'handed-in-late': 'gamboge' }

/** How a part stands beside its day, in working days. */
export function StandingChip({ task: { standing, workingDays } }: { readonly task: Pick<FormTask, 'standing' | 'workingDays'> }) {
  const { t } = useT()
  return <Chip tone={TONE[standing]}>{t(`forms.standing.${standingKey(standing, workingDays)}`, { days: Math.abs(workingDays ?? 0) })}</Chip>
}
