import { systemRandom } from '@datong/kernel'
import { createTestDatabase } from '@datong/metadata-store/testing'
import { createCursorCodec } from '../../platform/cursor.ts'
import { createSealer } from '../../platform/seal.ts'
import { plainCalendar, plainOrganisations } from '../../platform/testing.ts'
import { catalogMigrations } from '../catalog/index.ts'
import { catalogFor } from '../catalog/testing.ts'
import type { LakeVersion } from '../collection/index.ts'
import { evidenceMigrations } from '../evidence/index.ts'
import { evidenceFor } from '../evidence/testing.ts'
import { createTickets, ticketsMigrations } from './index.ts'

/**
 * Tickets over a store of their own, beside a catalogue; a lake whose versions have three fields, and an engine that knows of each
 * row what `rows` says: `泊位数` of the one named by `停车场名称`.
 * @param accounts by user name
 */
export async function aTicketHouse(accounts: Readonly<Record<string, { readonly id: string; readonly name: string; readonly organisation: string }>>) {
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

export type TicketHouse = Awaited<ReturnType<typeof aTicketHouse>>
