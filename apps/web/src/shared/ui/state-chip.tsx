import type { ApplicationState, EntryState, Grant, LoadState } from '@datong/contracts'
import { useT } from '../i18n/use-t.ts'
import { Chip, type Tone } from './chips.tsx'

const ENTRY_TONE: Record<EntryState, Tone> = {
  draft: 'plain', submitted: 'gamboge', returned: 'cinnabar', approved: 'primary', published: 'jade', withdrawn: 'plain',
}
const APPLICATION_TONE: Record<ApplicationState, Tone> = {
  submitted: 'primary', 'material-owed': 'gamboge', approved: 'jade', refused: 'cinnabar', 'in-mediation': 'gamboge', upheld: 'cinnabar', withdrawn: 'plain',
}
const GRANT_TONE: Record<Grant['state'], Tone> = { active: 'jade', suspended: 'gamboge', revoked: 'cinnabar', expired: 'plain', replaced: 'plain' }

const LOAD_TONE: Partial<Record<LoadState, Tone>> = { done: 'jade', failed: 'cinnabar', paused: 'plain', held: 'gamboge' }
const loadTone = (state: LoadState): Tone => LOAD_TONE[state] ?? 'primary'

export function EntryStateChip({ state }: { readonly state: EntryState }) {
  const { t } = useT()
  return <Chip tone={ENTRY_TONE[state]}>{t(`common.entryState.${state}`)}</Chip>
}

export function ApplicationStateChip({ state }: { readonly state: ApplicationState }) {
  const { t } = useT()
  return <Chip tone={APPLICATION_TONE[state]}>{t(`common.applicationState.${state}`)}</Chip>
}

export function GrantStateChip({ state }: { readonly state: Grant['state'] }) {
  const { t } = useT()
  return <Chip tone={GRANT_TONE[state]}>{t(`common.grantState.${state}`)}</Chip>
}

export function LoadStateChip({ state }: { readonly state: LoadState }) {
  const { t } = useT()
  return <Chip tone={loadTone(state)}>{t(`common.loadState.${state}`)}</Chip>
}
