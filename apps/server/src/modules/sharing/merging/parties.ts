import type { Actor } from '@datong/contracts'
import type { DomainEvents } from '../../../platform/events.ts'
import type { ApplicationRow } from '../sharing-store.ts'

/** Which department passes everything to which. */
export type Merger = Pick<DomainEvents['identity.organisation-merged'], 'predecessor' | 'successor'>

/** Who passes things on; who ordered the merger is in the evidence of the departments. */
export const MERGER: Actor = { kind: 'system', id: 'sharing:merger', name: '部门合并', organisation: null }

type Parties = Pick<ApplicationRow, 'provider_organisation' | 'consumer_organisation' | 'co_owners'>

/** The parties with the successor in the predecessor's place, each once. */
export function partiesAfter({ provider_organisation, consumer_organisation, co_owners }: Parties, { predecessor, successor }: Merger): Parties {
  const after = (code: string): string => (code === predecessor ? successor : code)
  const provider = after(provider_organisation)
  return {
    provider_organisation: provider,
    consumer_organisation: consumer_organisation === null ? null : after(consumer_organisation),
    co_owners: [...new Set(co_owners.map(after))].filter((code) => code !== provider),
  }
}
