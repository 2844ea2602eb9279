import type { Entry } from '@datong/contracts'
import type { EntryWishes, Wishes } from './wishes.ts'

/** What each step of the wizard works with. */
export interface StepProps {
  readonly entries: readonly Entry[]
  readonly wishes: Wishes
  readonly onChange: (change: Partial<Wishes>) => void
  readonly onEntryChange: (code: string, change: Partial<EntryWishes>) => void
  readonly onBack: () => void
  readonly onNext: () => void
}
