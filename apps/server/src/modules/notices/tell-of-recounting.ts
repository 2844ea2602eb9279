import type { Recounted } from '../calendar/index.ts'
import type { Notices } from './notices.ts'

/** Tells departments whose running clocks end otherwise after a change of the calendar, and the bureau how many there are. */
export async function tellOfRecounting(tell: Notices['tell'], recounted: readonly Recounted[], key: string): Promise<void> {
  const all = recounted.reduce((sum, { count }) => sum + count, 0)
  if (all === 0) return
  const said = { kind: 'clocks-recounted', subject: { type: 'calendar', id: '' } } as const
  for (const { organisation, count } of recounted) {
    if (organisation !== null) await tell({ ...said, key: `recounted ${key} ${organisation}`, params: { count }, to: { organisation, roles: ['provider', 'consumer'] } })
  }
  await tell({ ...said, key: `recounted ${key}`, params: { count: all }, to: { roles: ['steward'] } })
}
