import { fixedClock, isAppError } from '@datong/kernel'
import { describe, expect, it } from 'vitest'
import { type Caller, PUBLIC_CALLER } from '../../../platform/caller.ts'
import { anOfficer } from '../../../platform/testing.ts'
import type { Catalog } from '../../catalog/index.ts'
import { anEntryRecord } from '../../catalog/testing.ts'
import { decide } from './decide.ts'

const consumer = anOfficer('consumer', 'P2', 'consumer')
const clock = fixedClock('2026-11-20T02:00:00Z')
const open = { state: 'published', openingType: 'open', sharingType: 'unconditional' } as const

const outcome = async (visibility: 'all' | 'departments' | 'named' | 'metadata-only', caller: Caller): Promise<string> => {
  const deps = {
    catalog: { owns: () => false, isVisible: () => true } as unknown as Catalog, // what the decision asks of it
    sharing: { grantsOf: async () => [], grantsOfOrganisation: async () => [] } as never, clock, // nobody was granted anything
  }
  return decide(deps, anEntryRecord({ ...open, visibility }), caller).then(({ basis }) => basis.kind, (error: unknown) => (isAppError(error) ? error.code : 'unexpected'))
}

describe('rows without a grant', () => {
  it('are for everyone of an open entry that everyone sees', async () => {
    expect([await outcome('all', PUBLIC_CALLER), await outcome('all', consumer)]).toEqual(['open', 'open'])
  })

  it.each(['departments', 'named', 'metadata-only'] as const)('are for nobody of an open entry that is kept to %s', async (visibility) => {
    expect([await outcome(visibility, PUBLIC_CALLER), await outcome(visibility, consumer)]).toEqual(['delivery/no-grant', 'delivery/no-grant'])
  })
})
