import type { Store, Subscription } from '@datong/metadata-store'

/** Told when a live table has come further: entry, table, change. */
export const LIVE_CHANNEL = 'datong_live'

interface LiveNotice {
  readonly entry: string
  readonly table: string
  readonly through: number
}

export const liveNotice = (notice: LiveNotice): string => JSON.stringify(notice)

/** Up to which change this process reads each live table; what it says has been committed, and never goes back. */
export interface LiveStates {
  /** The same function for all plans on a table. @param through as the register has it */
  of(entryCode: string, table: string, through: number): () => number
  start(): Promise<void>
  stop(): Promise<void>
}

interface State {
  through: number
  readonly read: () => number
}

/** An entry has one live table in use, one before it, and now and then one more. */
const TABLES_OF_AN_ENTRY = 3

export function createLiveStates(store: Pick<Store, 'listen'>): LiveStates {
  const entries = new Map<string, Map<string, State>>()
  let subscription: Subscription | undefined
  return {
    of(entryCode, table, through) {
      const tables = entries.get(entryCode) ?? new Map<string, State>()
      entries.set(entryCode, tables)
      let state = tables.get(table)
      if (state === undefined) {
        const fresh: State = { through, read: () => fresh.through }
        tables.set(table, state = fresh)
        const [oldest] = tables.keys()
        if (tables.size > TABLES_OF_AN_ENTRY && oldest !== undefined) tables.delete(oldest)
      } else if (through > state.through) state.through = through
      return state.read
    },
    async start() {
      subscription = await store.listen(LIVE_CHANNEL, (payload) => {
        const { entry, table, through } = JSON.parse(payload) as LiveNotice // our own processes write it
        const state = entries.get(entry)?.get(table)
        if (state !== undefined && through > state.through) state.through = through
      })
    },
    stop: async () => subscription?.close(),
  }
}
