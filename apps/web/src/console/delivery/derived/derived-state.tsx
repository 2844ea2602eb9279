import type { Derived } from '@datong/contracts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Chip } from '../../../shared/ui/chips.tsx'
import '../workbench/workbench.css'

/** Whether it answers: retired, in force, or in force without anything to give because an input gives nothing. */
export function DerivedState({ derived }: { readonly derived: Pick<Derived, 'state' | 'problem'> }) {
  const { t } = useT()
  if (derived.state === 'retired') return <Chip tone="plain">{t('derived.state.retired')}</Chip>
  return derived.problem === null ? <Chip tone="jade">{t('derived.state.active')}</Chip> : <Chip tone="cinnabar">{t('derived.state.broken')}</Chip>
}
