import { randomUUID } from 'node:crypto'
import { openStore, type Store } from '@datong/metadata-store'
import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEventBus, createJobRunner, defineEvent, defineJob, type JobLog, type JobRunner } from './index.ts'

const quiet: JobLog = { info: () => undefined, warn: () => undefined, error: () => undefined }
const ready = { timeout: 30_000, interval: 20 }

describe('the job runner', () => {
  let database: TestDatabase
  let runners: JobRunner[]
  const runnerOn = (store: Store, role: 'all' | 'api' = 'all'): JobRunner => {
    const runner = createJobRunner({ store, log: quiet, role, stopTimeoutMs: 1_000 })
    runners.push(runner)
    return runner
  }

  beforeEach(async () => {
    database = await createTestDatabase()
    runners = []
  })
  afterEach(async () => {
    await Promise.all(runners.map((runner) => runner.stop()))
    await database.drop()
  })

  it('does a job whose transaction commits and drops one whose transaction rolls back', async () => {
    const { store } = database
    const runner = runnerOn(store)
    const greet = defineJob<{ name: string }>('test/greet')
    const done: string[] = []
    await runner.work(greet, async ({ name }) => void done.push(name))
    await runner.start()
    await expect(store.db.transaction().execute(async (trx) => {
      await runner.enqueue(trx, greet, { name: 'rolled back' })
      throw new Error('no')
    })).rejects.toThrow('no')
    await store.db.transaction().execute((trx) => runner.enqueue(trx, greet, { name: 'committed' }))
    await expect.poll(() => done, ready).toEqual(['committed'])
    const { rows } = await sql<{ count: number }>`select count(*) as count from jobs.job where name = 'test/greet'`.execute(store.db)
    expect(rows[0]?.count).toBe(1)
  })

  it('tries a failed job again and tells when it gives up', async () => {
    const { store } = database
    const runner = runnerOn(store)
    const fragile = defineJob<{ until: number }>('test/fragile', { retryLimit: 1, retryDelaySeconds: 0 })
    const attempts: string[] = []
    const givenUp: number[] = []
    await runner.work(fragile, async ({ until }, { attempt, isLastAttempt }) => {
      attempts.push(`${until}:${attempt}:${isLastAttempt}`)
      if (attempt < until) throw new Error('not yet')
    }, async ({ until }) => void givenUp.push(until))
    await runner.start()
    await runner.enqueue(store.db, fragile, { until: 2 })
    await expect.poll(() => attempts, ready).toEqual(['2:1:false', '2:2:true'])
    await runner.enqueue(store.db, fragile, { until: 9 })
    await expect.poll(() => givenUp, ready).toEqual([9])
    expect(attempts).toEqual(['2:1:false', '2:2:true', '9:1:false', '9:2:true'])
  })

  it('queues again at its start what a dead process was working on', async () => {
    const { store } = database
    const job = defineJob<{ id: string }>('test/interrupted', { retryDelaySeconds: 600 })
    const begun: number[] = []
    const dying = await openStore({ connection: database.connectionString })
    const first = createJobRunner({ store: dying, log: quiet, role: 'all', stopTimeoutMs: 1_000 })
    let release: () => void = () => undefined
    const stuck = new Promise<void>((resolve) => (release = resolve))
    await first.work(job, async () => {
      begun.push(1)
      await stuck
    })
    await first.start()
    await first.enqueue(dying.db, job, { id: randomUUID() })
    await expect.poll(() => begun, ready).toEqual([1])
    // What kill -9 looks like from the database: every connection of the process breaks.
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'datong' and datname = current_database()`.execute(store.db)
    const second = runnerOn(store)
    await second.work(job, async (_, { attempt }) => void begun.push(attempt))
    await second.start()
    await expect.poll(() => begun, ready).toEqual([1, 2])
    release()
    await first.stop()
    await dying.close()
  })

  it('leaves running jobs of a living process alone', async () => {
    const { store } = database
    const job = defineJob<{ id: string }>('test/slow')
    const begun: string[] = []
    let release: () => void = () => undefined
    const gate = new Promise<void>((resolve) => (release = resolve))
    const first = runnerOn(store)
    await first.work(job, async (_, { attempt }) => {
      begun.push(`first ${attempt}`)
      await gate
    })
    await first.start()
    await first.enqueue(store.db, job, { id: 'a' })
    await expect.poll(() => begun, ready).toEqual(['first 1'])
    const second = runnerOn(store)
    await second.work(job, async (_, { attempt }) => void begun.push(`second ${attempt}`))
    await second.start()
    const { rows } = await sql<{ state: string }>`select state::text from jobs.job where name = 'test/slow'`.execute(store.db)
    expect(rows).toEqual([{ state: 'active' }])
    release()
    await expect.poll(async () => (await sql<{ state: string }>`select state::text from jobs.job where name = 'test/slow'`
      .execute(store.db)).rows, ready).toEqual([{ state: 'completed' }])
    expect(begun).toEqual(['first 1'])
  })

  it('keeps one waiting job for each key when the policy says so', async () => {
    const { store } = database
    const runner = runnerOn(store, 'api')
    const rebuild = defineJob<{ why: string }>('test/rebuild', { policy: 'short' })
    await runner.start()
    expect(await runner.enqueue(store.db, rebuild, { why: 'first' }, { key: 'index' })).toBeTypeOf('string')
    expect(await runner.enqueue(store.db, rebuild, { why: 'second' }, { key: 'index' })).toBeUndefined()
    expect(await runner.enqueue(store.db, rebuild, { why: 'other' }, { key: 'other' })).toBeTypeOf('string')
  })

  it('delivers a published event to each subscriber, and none when the transaction rolls back', async () => {
    const { store } = database
    const publisher = runnerOn(store, 'api')
    const worker = runnerOn(store)
    const loaded = defineEvent<{ version: number }>('test/version-loaded')
    const heard: string[] = []
    const buses = [createEventBus(publisher), createEventBus(worker)] as const
    for (const bus of buses) {
      await bus.subscribe(loaded, 'profile', async ({ version }) => void heard.push(`profile ${version}`))
      await bus.subscribe(loaded, 'grade', async ({ version }) => void heard.push(`grade ${version}`))
    }
    await publisher.start()
    await worker.start()
    await expect(store.db.transaction().execute(async (trx) => {
      await buses[0].publish(trx, loaded, { version: 1 })
      throw new Error('no')
    })).rejects.toThrow('no')
    await store.db.transaction().execute((trx) => buses[0].publish(trx, loaded, { version: 2 }))
    await expect.poll(() => [...heard].sort(), ready).toEqual(['grade 2', 'profile 2'])
    const { rows } = await sql<{ state: string }>`select state::text from jobs.job where name like 'test/version-loaded%'`.execute(store.db)
    expect(rows).toHaveLength(2)
  })
})
