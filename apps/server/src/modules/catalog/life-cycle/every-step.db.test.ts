import { ENTRY_ACTIONS, ENTRY_STATES, type EntryAction, type EntryState } from '@datong/contracts'
import { isAppError } from '@datong/kernel'
import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '../../../platform/caller.ts'
import { anOfficer } from '../../../platform/testing.ts'
import { evidenceMigrations } from '../../evidence/index.ts'
import { catalogMigrations } from '../index.ts'
import { anEntry, catalogFor } from '../testing.ts'
import { allowedActions } from './life-cycle.ts'

/** P the entry's department, S steward. */
const ACTORS: Readonly<Record<string, Caller>> = { P: anOfficer('provider', 'P1', 'provider'), S: anOfficer('steward', 'B', 'steward') }
const { P, S } = ACTORS as Readonly<Record<'P' | 'S', Caller>>
/** Who sees it, or only what is published of it, and may do nothing. */
const ONLOOKERS: readonly Caller[] = [
  anOfficer('auditor', 'B', 'auditor'), anOfficer('colleague', 'P1', 'consumer'), anOfficer('rival', 'P2', 'provider'), anOfficer('consumer', 'P2', 'consumer'),
  anOfficer('security', 'P1', 'security'), anOfficer('leader', 'P1', 'leader'), anOfficer('sysadmin', 'P1', 'sysadmin'), anOfficer('developer', null, 'developer'),
]

/** Who may take which step from where, by hand: a second witness beside the definitions. What is not named is a conflict. */
const STEPS: Readonly<Record<string, Readonly<Partial<Record<EntryAction, string>>>>> = {
  'draft': { submit: 'P' },
  'submitted': { approve: 'S', return: 'S', publish: 'S', withdraw: 'PS' },
  'returned': { submit: 'P' },
  'approved': { return: 'S', publish: 'S', withdraw: 'PS' },
  'published': { withdraw: 'PS' },
  'published, its end announced': { withdraw: 'PS', keep: 'PS' },
  'withdrawn': { reinstate: 'S' },
  'withdrawn for another': {},
}
const PARTIES: Readonly<Record<EntryAction, string>> = { submit: 'P', approve: 'S', return: 'S', publish: 'S', withdraw: 'PS', keep: 'PS', reinstate: 'S' }
const STATE_OF: Readonly<Record<keyof typeof STEPS, EntryState>> = {
  'draft': 'draft', 'submitted': 'submitted', 'returned': 'returned', 'approved': 'approved', 'published': 'published', 'published, its end announced': 'published',
  'withdrawn': 'withdrawn', 'withdrawn for another': 'withdrawn',
}

let database: TestDatabase
let house: Awaited<ReturnType<typeof catalogFor>>
let successor: string
beforeAll(async () => {
  database = await createTestDatabase([...evidenceMigrations, ...catalogMigrations])
  house = await catalogFor(database.store)
  successor = await anEntry(house, P, { store: database.store, publishBy: S })
})
afterAll(() => database.drop())

const act = (code: string, action: EntryAction, caller: Caller, more: object = {}) => house.catalog.act(code, action, { reason: '理由', ...more }, caller)
const drafted = () => anEntry(house, P, { store: database.store })
const after = async (...steps: readonly [EntryAction, Caller, object?][]): Promise<string> => {
  const code = await drafted()
  for (const [action, caller, more] of steps) await act(code, action, caller, more)
  return code
}
const AT_ONCE = { endsOn: '2026-11-20' }
const BUILD: Readonly<Record<keyof typeof STEPS, () => Promise<string>>> = {
  'draft': () => drafted(),
  'submitted': () => after(['submit', P]),
  'returned': () => after(['submit', P], ['return', S]),
  'approved': () => after(['submit', P], ['approve', S]),
  'published': () => after(['submit', P], ['publish', S]),
  'published, its end announced': () => after(['submit', P], ['publish', S], ['withdraw', P]),
  'withdrawn': () => after(['submit', P], ['publish', S], ['withdraw', S, AT_ONCE]),
  'withdrawn for another': () => after(['submit', P], ['publish', S], ['withdraw', S, { ...AT_ONCE, replacedBy: successor }]),
}

async function outcome(work: Promise<unknown>): Promise<string> {
  const error = await work.then(() => undefined, (caught: unknown) => caught)
  if (error === undefined) return 'done'
  return isAppError(error) ? error.code : String(error)
}

describe('the table', () => {
  it('names every state and every step that there is', () => {
    expect([...new Set(Object.values(STATE_OF))].sort()).toEqual([...ENTRY_STATES].sort())
    expect(Object.keys(PARTIES).sort()).toEqual([...ENTRY_ACTIONS].sort())
    expect(Object.keys(BUILD)).toEqual(Object.keys(STEPS))
  })
})

describe.each(Object.keys(STEPS))('an entry that is %s', (situation) => {
  const steps = STEPS[situation]!
  const build = BUILD[situation]!

  it('can be taken on by exactly those whom the table names', async () => {
    for (const action of ENTRY_ACTIONS) {
      for (const letter of steps[action] ?? '') expect(`${action} by ${letter}: ${await outcome(act(await build(), action, ACTORS[letter]!))}`).toBe(`${action} by ${letter}: done`)
    }
  })

  it('answers all others: a conflict, no power, or nothing there', async () => {
    const code = await build()
    const before = (await house.catalog.find(code))!
    for (const action of ENTRY_ACTIONS) {
      for (const [letter, caller] of Object.entries(ACTORS)) {
        if ((steps[action] ?? '').includes(letter)) continue
        const expected = PARTIES[action].includes(letter) ? 'catalog/wrong-state' : 'access/forbidden'
        expect(`${action} by ${letter}: ${await outcome(act(code, action, caller))}`).toBe(`${action} by ${letter}: ${expected}`)
      }
      for (const caller of ONLOOKERS) {
        const expected = house.catalog.isVisible(before, caller) ? 'access/forbidden' : 'request/not-found'
        expect(`${action} by ${caller.actor.name}: ${await outcome(act(code, action, caller))}`).toBe(`${action} by ${caller.actor.name}: ${expected}`)
      }
    }
    expect(await house.catalog.find(code)).toEqual(before)
  })

  it('offers on the screen of each exactly what he may do', async () => {
    const entry = (await house.catalog.find(await build()))!
    expect(entry.state).toBe(STATE_OF[situation])
    for (const [letter, caller] of Object.entries(ACTORS)) {
      const offered = allowedActions(caller, entry).filter((action) => (ENTRY_ACTIONS as readonly string[]).includes(action))
      expect([letter, ...offered]).toEqual([letter, ...ENTRY_ACTIONS.filter((action) => (steps[action] ?? '').includes(letter))])
    }
    for (const caller of ONLOOKERS) expect(allowedActions(caller, entry).filter((action) => (ENTRY_ACTIONS as readonly string[]).includes(action))).toEqual([])
  })
})
