import { setTimeout as sleep } from 'node:timers/promises'

/** Changes that come within this time are told in one step, in milliseconds: a feed that grew wakes everybody who follows it. */
const GAP_MS = 250

/** Leads feeds on behind their live tables: each entry one step at a time, and once more when it was asked for meanwhile. */
export function followStates(extend: (entryCode: string) => Promise<void>, log: { warn(details: object, message: string): void }) {
  const running = new Map<string, { isWanted: boolean; done: Promise<void> }>()
  let isStopping = false

  async function run(entryCode: string): Promise<void> {
    for (let isWanted = true; isWanted && !isStopping;) {
      const turn = running.get(entryCode)
      if (turn !== undefined) turn.isWanted = false
      await extend(entryCode).catch((error: unknown) => log.warn({ err: error, entryCode }, 'a feed was not led on to what was captured'))
      await sleep(GAP_MS)
      isWanted = running.get(entryCode)?.isWanted === true
    }
    running.delete(entryCode)
  }

  return {
    want(entryCode: string): void {
      const turn = running.get(entryCode)
      if (turn !== undefined) turn.isWanted = true
      else if (!isStopping) {
        const fresh = { isWanted: true, done: Promise.resolve() }
        running.set(entryCode, fresh)
        fresh.done = run(entryCode)
      }
    },
    async stop(): Promise<void> {
      isStopping = true
      await Promise.all([...running.values()].map(({ done }) => done))
    },
  }
}
