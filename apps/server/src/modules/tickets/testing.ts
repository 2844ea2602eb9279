import { operations, type Report, type Ticket, type TicketAction } from '@datong/contracts'
import { systemRandom } from '@datong/kernel'
import { createTestDatabase } from '@datong/metadata-store/testing'
import type { Caller } from '../../platform/caller.ts'
import { createCursorCodec } from '../../platform/cursor.ts'
import type { DomainEvents } from '../../platform/events.ts'
import { createSealer } from '../../platform/seal.ts'
import { anOfficer, plainCalendar, plainOrganisations } from '../../platform/testing.ts'
import { catalogMigrations } from '../catalog/index.ts'
import { anEntry, catalogFor } from '../catalog/testing.ts'
import type { LakeVersion } from '../collection/index.ts'
import { evidenceMigrations } from '../evidence/index.ts'
import { evidenceFor } from '../evidence/testing.ts'
import { call } from '../sharing/testing.ts'
import { createTickets, ticketsMigrations } from './index.ts'

export const HERE = '11990100MB0000002B'
export const THERE = '11990100MB0000003C'
export const provider = anOfficer('停车', HERE, 'provider')
export const colleague = anOfficer('停二', HERE, 'provider')
export const rival = anOfficer('税务', THERE, 'provider')
export const consumer = anOfficer('税用', THERE, 'consumer')
export const steward = anOfficer('数据局', null, 'steward')
export const DAY_MS = 86_400_000

type Outcome = DomainEvents['quality.rules-checked']['outcomes'][number]
export const RULE = '00000000-0000-7000-8000-0000000000a1'
export const failing = (change: Partial<Outcome> = {}): Outcome => ({
  ruleId: RULE, rule: 'not-null', title: '泊位数不为空', titleTyped: true, severity: 'major', field: '泊位数', checked: 100, failed: 7, passed: false, toleranceShare: 0, ...change,
})
export const passing = (change: Partial<Outcome> = {}): Outcome => failing({ failed: 0, passed: true, ...change })

/**
 * Tickets over a store of their own, beside a catalogue; a lake whose versions have three fields, and an engine that knows of each
 * row what `rows` says: `泊位数` of the one named by `停车场名称`.
 * @param accounts by user name
 */
async function aTicketHouse(accounts: Readonly<Record<string, { readonly id: string; readonly name: string; readonly organisation: string }>>) {
  const database = await createTestDatabase([...evidenceMigrations, ...catalogMigrations, ...ticketsMigrations])
  const { store } = database
  const house = await catalogFor(store)
  const rows = new Map<string, string>()
  const lake = { current: 1 }
  const version = (number: number): LakeVersion => ({
    number, files: [`v${number}`], rowCount: 3, madeOn: '2026-11-20', fields: [{ name: '停车场名称', type: 'text', nullable: false }, { name: '联系人', type: 'text', nullable: true }, { name: '泊位数', type: 'integer', nullable: true }],
  })
  const tickets = createTickets({
    db: store.db, evidence: evidenceFor(store), events: house.events, catalog: house.catalog, organisations: plainOrganisations, calendar: plainCalendar,
    clock: house.clock, random: systemRandom, cursors: createCursorCodec(new Uint8Array(32)), sealer: createSealer(new Uint8Array(32).fill(3)), log: { warn: () => undefined },
    users: {
      findByUsername: async (username) => {
        const account = accounts[username]
        return account && { ...account, username, roles: ['provider'], locked: false, seenAt: null, passwordHash: '' }
      },
    },
    collection: { lake: { current: async () => version(lake.current), version: async (_, number) => version(number) }, originOf: async () => undefined },
    engine: {
      count: async (_, filters = []) => {
        const [name, value] = filters.map((filter) => ('value' in filter ? String(filter.value) : ''))
        return rows.get(name ?? '') === value ? 1 : 0
      },
      // No row is read here: traces have their own tests.
      query: async function* () {},
      sourceLines: async () => [],
    },
  })
  await tickets.start?.()
  return {
    store, house, tickets, rows, lake,
    async stop(): Promise<void> {
      await tickets.stop?.()
      await database.drop()
    },
  }
}

/** The same house with an account on duty and a row, and what tests do with tickets again and again. */
export async function aTicketDesk() {
  const houses = await aTicketHouse({ zhang: { id: provider.actor.id, name: '张三', organisation: HERE } })
  const { house, tickets, rows } = houses
  rows.set('东站', '120')

  const published = (): Promise<string> => anEntry(house, provider, { store: houses.store, publishBy: steward })
  let moment = Date.parse('2026-11-20T03:00:00Z')
  const nextMoment = (): string => new Date(moment += 1000).toISOString()
  const checked = async (entryCode: string, version: number, outcomes: Outcome[], at = nextMoment()): Promise<void> => {
    house.events.published.push({ name: 'quality.rules-checked', payload: { entryCode, version, organisation: HERE, outcomes, at } })
    await house.events.deliver()
  }
  /** The rule rests, goes on or ends. */
  const turn = async (entryCode: string, state: DomainEvents['quality.rule-turned']['state'], who: Caller, ruleId = RULE, at = nextMoment()): Promise<void> => {
    house.events.published.push({ name: 'quality.rule-turned', payload: { entryCode, organisation: HERE, ruleId, state, by: who.actor, bureau: who === steward, reason: '源头系统换代', at } })
    await house.events.deliver()
  }
  const list = async (entryCode: string, caller: Caller = provider): Promise<Ticket[]> => (await call(tickets, operations.listTickets, caller, { query: { entryCode } })).items
  const only = async (entryCode: string): Promise<Ticket> => (await list(entryCode))[0]!
  const act = (id: string, action: TicketAction, caller: Caller, reason = '已核实') => call(tickets, operations.actOnTicket, caller, { params: { id, action }, body: { reason } })
  const get = (id: string, caller: Caller = provider) => call(tickets, operations.getTicket, caller, { params: { id } })
  const report = (code: string, caller: Caller, body: object = {}, ip = '203.0.113.7'): Promise<Report> => {
    const { handle } = tickets.routes.find(({ operation }) => operation.id === 'reportError')!
    // The route looks at nothing of the request but its address.
    return handle({ caller, params: { code }, query: {}, body: { description: '泊位数不对', ...body }, reach: 'own' } as never, { ip } as never, undefined as never) as Promise<Report>
  }
  const use = async (entryCode: string, version: number): Promise<void> => {
    houses.lake.current = version
    house.events.published.push({ name: 'collection.version-used', payload: { entryCode, version, rowCount: 3, at: '2026-11-20T04:00:00Z' } })
    await house.events.deliver()
  }
  return { ...houses, published, nextMoment, checked, turn, list, only, act, get, report, use }
}

export type TicketDesk = Awaited<ReturnType<typeof aTicketDesk>>

/** What was done to a ticket, first things first. */
export const actionsOf = ({ history }: Ticket): string[] => history.map(({ action }) => action.replace('ticket-', '')).toReversed()
