import type { Ticket, TicketState } from '@datong/contracts'
import { useT } from '../i18n/use-t.ts'
import { Chip, type Tone } from '../ui/chips.tsx'

const TONES: Record<TicketState, Tone> = { open: 'gamboge', 'in-hand': 'primary', mended: 'primary', paused: 'plain', closed: 'jade', rejected: 'plain', dropped: 'plain', withdrawn: 'plain' }

/** Where a ticket stands. @param isEnded its rule will not go on */
export function TicketStateChip({ state, isEnded = false }: { readonly state: TicketState; readonly isEnded?: boolean }) {
  const { t } = useT()
  return <Chip tone={TONES[state]}>{t(isEnded ? 'tickets.state.ended' : `tickets.state.${state}`)}</Chip>
}

/** How grave a failing rule is; a report says that it is one. */
export function TicketKindChip({ ticket: { kind, rule } }: { readonly ticket: Pick<Ticket, 'kind' | 'rule'> }) {
  const { t } = useT()
  if (rule === null) return <Chip tone="primary">{t(`tickets.kind.${kind}`)}</Chip>
  return <Chip tone={rule.severity === 'critical' ? 'cinnabar' : rule.severity === 'major' ? 'gamboge' : 'plain'}>{t(`tickets.severity.${rule.severity}`)}</Chip>
}
