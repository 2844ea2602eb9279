import { APPLICATION_ACTIONS, APPLICATION_STATES, type Application, type ApplicationAction, GRANT_STATES, operations } from '@datong/contracts'
import { isAppError } from '@datong/kernel'
import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '../../platform/caller.ts'
import { anOfficer } from '../../platform/testing.ts'
import { catalogMigrations } from '../catalog/index.ts'
import { anEntry, catalogFor } from '../catalog/testing.ts'
import { evidenceMigrations } from '../evidence/index.ts'
import { type Sharing, sharingMigrations } from './index.ts'
import { anApplication, askOver, sharingFor } from './testing.ts'

const NOW = '2026-11-20T02:00:00Z'
const LONG_AGO = '2026-10-12T02:00:00Z'

/** P asked department, Q department that owns one of the fields, C asking department, S steward, G security officer. */
const INVOLVED: Readonly<Record<string, Caller>> = {
  P: anOfficer('provider', 'P1', 'provider'), Q: anOfficer('owner', 'P2', 'provider'), C: anOfficer('consumer', 'C1', 'consumer'),
  S: anOfficer('steward', 'B', 'steward'), G: anOfficer('security', 'B', 'security'),
}
/** Who looks on. */
const ONLOOKERS: readonly Caller[] = [anOfficer('auditor', 'B', 'auditor'), anOfficer('leader', null, 'leader'), anOfficer('reader', 'P1', 'consumer'), anOfficer('giver', 'C1', 'provider')]
/** For whom it does not exist. */
const STRANGERS: readonly Caller[] = [
  anOfficer('other-p', 'P3', 'provider'), anOfficer('other-c', 'C2', 'consumer'), anOfficer('sysadmin', 'P1', 'sysadmin'), anOfficer('dev', null, 'developer'),
]
const { P, Q, C, S, G } = INVOLVED as Readonly<Record<'P' | 'Q' | 'C' | 'S' | 'G', Caller>>

/** Who may ever take a step; written by hand from the Powers of the domain. */
const PARTIES: Readonly<Record<ApplicationAction, string>> = {
  'notify-missing': 'PQ', approve: 'PQS', refuse: 'PQS', extend: 'PQ', urge: 'S', supplement: 'C', withdraw: 'C', 'request-mediation': 'C', uphold: 'S', 'order-sharing': 'S',
  'system-not-ready': 'C', 'system-ready': 'C', 'confirm-delivery': 'C', suspend: 'G', resume: 'G', revoke: 'PQG', evaluate: 'C',
}

/** Who may take which step from where, by hand: a second witness beside the definitions. What is not named is a conflict. */
const STEPS: Readonly<Record<string, Readonly<Partial<Record<ApplicationAction, string>>>>> = {
  'new': { 'notify-missing': 'PQ', approve: 'PQ', refuse: 'PQ', extend: 'PQ', urge: 'S', withdraw: 'C' },
  'half answered': { 'notify-missing': 'P', approve: 'P', refuse: 'P', extend: 'P', urge: 'S', withdraw: 'C' },
  'late': { 'notify-missing': 'PQ', approve: 'PQS', refuse: 'PQS', urge: 'S', withdraw: 'C' },
  'supplemented': { approve: 'PQ', refuse: 'PQ', extend: 'PQ', urge: 'S', withdraw: 'C' },
  'extended': { 'notify-missing': 'PQ', approve: 'PQ', refuse: 'PQ', urge: 'S', withdraw: 'C' },
  'material owed': { supplement: 'C', withdraw: 'C' },
  'granted': { 'system-not-ready': 'C', 'confirm-delivery': 'C', suspend: 'G', revoke: 'PQG', evaluate: 'C' },
  'waiting for the system': { 'system-ready': 'C', 'confirm-delivery': 'C', suspend: 'G', revoke: 'PQG', evaluate: 'C' },
  'delivered': { suspend: 'G', revoke: 'PQG', evaluate: 'C' },
  'suspended': { 'system-not-ready': 'C', 'confirm-delivery': 'C', resume: 'G', revoke: 'PQG', evaluate: 'C' },
  'revoked': { evaluate: 'C' },
  'expired': { evaluate: 'C' },
  'replaced': { evaluate: 'C' },
  'refused': { 'request-mediation': 'C' },
  'refused by the bureau': {},
  'in mediation': { uphold: 'S', 'order-sharing': 'S', withdraw: 'C' },
  'upheld': {},
  'withdrawn': {},
}

let database: TestDatabase
let house: Awaited<ReturnType<typeof catalogFor>>
let sharing: Sharing

beforeAll(async () => {
  database = await createTestDatabase([...evidenceMigrations, ...catalogMigrations, ...sharingMigrations])
  house = await catalogFor(database.store)
  sharing = sharingFor(database.store, house)
})
afterAll(() => database.drop())

const act = (id: string, action: ApplicationAction, caller: Caller) => sharing.act(id, action, {
  reason: '理由', legalBasis: '《政务数据共享条例》', scores: { quality: 4, timeliness: 5, effect: 3 },
}, caller)

/** Files an application with two owners, at a time, and takes steps. */
async function filed(at: string, until: string, ...steps: readonly [ApplicationAction, Caller][]): Promise<string> {
  const entry = await anEntry(house, P, { store: database.store, sharingType: 'conditional', openingType: 'closed', publishBy: S })
  await house.catalog.edit(entry, { fields: [{ name: '联系人', owner: 'P2' }] }, S)
  house.clock.set(at)
  const { id } = await sharing.apply(anApplication(entry, { until }), C)
  for (const [action, caller] of steps) await act(id, action, caller)
  house.clock.set(NOW)
  await sharing.watch()
  return id
}

const today = (...steps: readonly [ApplicationAction, Caller][]) => filed(NOW, '2027-06-30', ...steps)
const granted: readonly [ApplicationAction, Caller][] = [['approve', P], ['approve', Q]]

const BUILD: Readonly<Record<keyof typeof STEPS, () => Promise<string>>> = {
  'new': () => today(),
  'half answered': () => today(['approve', Q]),
  'late': () => filed(LONG_AGO, '2027-06-30'),
  'supplemented': () => today(['notify-missing', P], ['supplement', C]),
  'extended': () => today(['extend', Q]),
  'material owed': () => today(['notify-missing', Q]),
  'granted': () => today(...granted),
  'waiting for the system': () => today(...granted, ['system-not-ready', C]),
  'delivered': () => today(...granted, ['confirm-delivery', C]),
  'suspended': () => today(...granted, ['suspend', G]),
  'revoked': () => today(...granted, ['revoke', Q]),
  'expired': () => filed(LONG_AGO, '2026-11-19', ...granted),
  'replaced': async () => {
    const id = await today(...granted)
    const { grantId, entryCode } = await seenBy(id, C)
    const renewal = await sharing.apply(anApplication(entryCode, { renews: grantId!, until: '2027-12-31' }), C)
    for (const [action, caller] of granted) await act(renewal.id, action, caller)
    return id
  },
  'refused': () => today(['refuse', P], ['refuse', Q]),
  'refused by the bureau': async () => {
    const id = await filed(LONG_AGO, '2027-06-30')
    await act(id, 'refuse', S)
    return id
  },
  'in mediation': () => today(['refuse', P], ['refuse', Q], ['request-mediation', C]),
  'upheld': () => today(['refuse', P], ['refuse', Q], ['request-mediation', C], ['uphold', S]),
  'withdrawn': () => today(['withdraw', C]),
}

async function outcome(work: Promise<unknown>): Promise<string> {
  const error = await work.then(() => undefined, (caught: unknown) => caught)
  if (error === undefined) return 'done'
  return isAppError(error) ? error.code : String(error)
}

/** An application as the caller's screen shows it. */
const seenBy = (id: string, caller: Caller) => askOver<Application>(sharing, operations.getApplication, { caller, params: { id } })

describe('the tables', () => {
  it('name every state of applications and of grants that there is', async () => {
    const states = new Set<string>()
    for (const build of Object.values(BUILD)) {
      const { state, grantId } = await seenBy(await build(), S)
      states.add(state)
      if (grantId !== null) states.add((await sharing.findGrant(grantId))?.state ?? '')
    }
    expect([...states].sort()).toEqual([...new Set<string>([...APPLICATION_STATES, ...GRANT_STATES])].sort())
    expect(Object.keys(PARTIES).sort()).toEqual([...APPLICATION_ACTIONS].sort())
    expect(Object.keys(BUILD)).toEqual(Object.keys(STEPS))
  })
})

describe.each(Object.keys(STEPS))('an application that is %s', (situation) => {
  const steps = STEPS[situation]!
  const build = BUILD[situation]!

  it('can be taken on by exactly those whom the table names', async () => {
    for (const action of APPLICATION_ACTIONS) {
      for (const letter of steps[action] ?? '') {
        expect(`${action} by ${letter}: ${await outcome(act(await build(), action, INVOLVED[letter]!))}`).toBe(`${action} by ${letter}: done`)
      }
    }
  })

  it('answers all others alike: a conflict, no power, or nothing there', async () => {
    const id = await build()
    const before = await seenBy(id, S)
    for (const action of APPLICATION_ACTIONS) {
      for (const [letter, caller] of Object.entries(INVOLVED)) {
        if ((steps[action] ?? '').includes(letter)) continue
        const expected = PARTIES[action].includes(letter) ? 'sharing/wrong-state' : 'access/forbidden'
        expect(`${action} by ${letter}: ${await outcome(act(id, action, caller))}`).toBe(`${action} by ${letter}: ${expected}`)
      }
      for (const caller of ONLOOKERS) expect(`${action} by ${caller.actor.name}: ${await outcome(act(id, action, caller))}`).toBe(`${action} by ${caller.actor.name}: access/forbidden`)
      for (const caller of STRANGERS) expect(`${action} by ${caller.actor.name}: ${await outcome(act(id, action, caller))}`).toBe(`${action} by ${caller.actor.name}: request/not-found`)
    }
    expect(await seenBy(id, S)).toEqual(before)
  })

  it('offers on the screen of each exactly what he may do', async () => {
    const id = await build()
    for (const [letter, caller] of Object.entries(INVOLVED)) {
      const offered = (await seenBy(id, caller)).allowedActions
      expect([letter, ...offered]).toEqual([letter, ...APPLICATION_ACTIONS.filter((action) => (steps[action] ?? '').includes(letter))])
    }
    for (const caller of ONLOOKERS) expect((await seenBy(id, caller)).allowedActions).toEqual([])
    for (const caller of STRANGERS) expect(await outcome(seenBy(id, caller))).toBe('request/not-found')
  })
})
