import { createDuckDbEngine } from '@datong/data-engine-duckdb'
import { createJobRunner } from '@datong/job-runner'
import { systemClock, systemRandom } from '@datong/kernel'
import { openStore } from '@datong/metadata-store'
import { join } from 'node:path'
import { composeModules, domainEvents, type Modules } from '../compose.ts'
import { readConfig } from '../config.ts'
import { createLog, createMetrics } from '../http/index.ts'
import { createCursorCodec } from '../platform/cursor.ts'

/** All modules without HTTP on a database that exists, as one of several processes that share it and `home`. */
export async function composeOn(connection: string, home: string, role: 'api' | 'worker', settings: Readonly<Record<string, string>> = {}): Promise<Modules & { stop(): Promise<void> }> {
  const store = await openStore({ connection })
  const log = createLog('silent')
  const jobs = createJobRunner({ store, log, role, stopTimeoutMs: 5_000 })
  const secret = new Uint8Array(32).fill(3)
  const secrets = { cursorKey: secret, sessionPepper: secret, logSigningSeed: secret, maskingKey: secret, logOrigin: 'test.invalid/log' }
  const engine = await createDuckDbEngine({ allowedDirectories: [home], temporaryDirectory: join(home, `engine-${process.pid}`) })
  const composed = await composeModules({
    config: readConfig({ ...settings, DATONG_HOME: home }, home), engine, redis: null, secrets, store, jobs, events: domainEvents(jobs), metrics: createMetrics(),
    cursors: createCursorCodec(secret), clock: systemClock, random: systemRandom, log,
  })
  for (const module of composed.modules) await module.start?.()
  await jobs.start()
  return {
    ...composed,
    stop: async () => {
      await jobs.stop()
      for (const module of [...composed.modules].reverse()) await module.stop?.()
      await engine.close()
      await store.close()
    },
  }
}
