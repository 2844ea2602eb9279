import { PgBoss } from 'pg-boss'
import { bossDatabase, inCallersTransaction, type JobLog, type JobStore, type JobTransaction } from './connection.ts'
import type { Job, JobContext, JobHandler } from './job.ts'
import { enterWorkers, JOBS_SCHEMA, type SignOfLife } from './recover.ts'

export interface JobRunnerOptions {
  readonly store: JobStore
  readonly log: JobLog
  /** An `api` process queues jobs and leaves the work to others. */
  readonly role: 'all' | 'api' | 'worker'
  /** How long `stop` waits for running jobs, in milliseconds. */
  readonly stopTimeoutMs?: number
}

export interface EnqueueOptions {
  /** Not before this instant. */
  readonly startAfter?: Date
  /** What the job is about, for the policies that know keys. */
  readonly key?: string
  /** Higher comes first; 0 by default. */
  readonly priority?: number
}

/** Jobs kept in PostgreSQL, queued in the transaction of the change that asks for them. */
export interface JobRunner {
  /** Makes or updates the schema `jobs`, queues again what a dead process left, and begins to work. */
  start(): Promise<void>
  /** Waits for running jobs, then hands those still running back to the queue. */
  stop(): Promise<void>
  /**
   * Queues a job; it exists only if `trx` commits.
   * @returns its id, or `undefined` when the queue's policy found that one with the same key is there already
   */
  enqueue<Data extends object>(trx: JobTransaction, job: Job<Data>, data: Data, options?: EnqueueOptions): Promise<string | undefined>
  /**
   * Names the handler of a kind of job, before or after `start`. `onGivenUp` is told, in a job of its own, of a job whose
   * last attempt failed or died. In an `api` process this only makes the queue.
   */
  work<Data extends object>(job: Job<Data>, handler: JobHandler<Data>, onGivenUp?: JobHandler<Data>): Promise<void>
}

interface Registration {
  readonly job: Job<object>
  readonly handler: JobHandler<object>
  readonly onGivenUp: JobHandler<object> | undefined
}

/** Makes a runner over pg-boss, in the schema `jobs` of the store. Nothing happens before `start`. */
export function createJobRunner({ store, log, role, stopTimeoutMs = 30_000 }: JobRunnerOptions): JobRunner {
  const works = role !== 'api'
  const boss = new PgBoss({
    db: bossDatabase(store),
    schema: JOBS_SCHEMA,
    useListenNotify: works,
    supervise: works,
    schedule: false,
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
  })
  boss.on('error', (error) => log.error({ err: error }, 'the job runner met an error'))
  boss.on('warning', (warning) => log.warn({ warning }, 'the job runner warns'))
  const queues = new Map<string, Promise<void>>()
  const registrations: Registration[] = []
  let started = false
  let signOfLife: SignOfLife | undefined

  const ensureQueue = (job: Job<object>, deadLetter?: string): Promise<void> => {
    const known = queues.get(job.name)
    if (known !== undefined) return known
    const made = makeQueue(boss, job, deadLetter)
    queues.set(job.name, made)
    made.catch(() => queues.delete(job.name))
    return made
  }

  const begin = async ({ job, handler, onGivenUp }: Registration): Promise<void> => {
    const givenUp = onGivenUp === undefined ? undefined : givenUpJob(job)
    if (givenUp !== undefined && onGivenUp !== undefined) {
      await ensureQueue(givenUp)
      if (works) await startWorker(boss, givenUp, onGivenUp, log)
    }
    await ensureQueue(job, givenUp?.name)
    if (works) await startWorker(boss, job, handler, log)
  }

  return {
    start: async () => {
      await boss.start()
      started = true
      if (works) signOfLife = await enterWorkers(boss, store, log)
      for (const registration of registrations) await begin(registration)
    },
    stop: async () => {
      if (!started) return
      started = false
      await boss.stop({ graceful: true, timeout: stopTimeoutMs, close: false })
      await signOfLife?.end()
    },
    enqueue: async (trx, job, data, options = {}) => {
      await ensureQueue(job)
      const id = await boss.send(job.name, data, {
        db: inCallersTransaction(trx),
        ...(options.startAfter === undefined ? {} : { startAfter: options.startAfter }),
        ...(options.key === undefined ? {} : { singletonKey: options.key }),
        ...(options.priority === undefined ? {} : { priority: options.priority }),
      })
      if (id === null && (job.settings.policy ?? 'standard') === 'standard') {
        throw new Error(`the job ${job.name} was not queued`)
      }
      return id ?? undefined
    },
    work: async (job, handler, onGivenUp) => {
      // A queue carries the data of its own kind of job only, for `enqueue` is the one way in: its handler may be kept
      // without its type.
      const registration = { job, handler, onGivenUp } as unknown as Registration
      registrations.push(registration)
      if (started) await begin(registration)
    },
  }
}

const givenUpJob = (job: Job<object>): Job<object> => ({ name: `${job.name}.given-up`, settings: {} })

async function makeQueue(boss: PgBoss, job: Job<object>, deadLetter: string | undefined): Promise<void> {
  const { retryLimit = 3, retryDelaySeconds = 1, expireInSeconds = 900, heartbeatSeconds = 30, policy = 'standard' } = job.settings
  const options = {
    retryLimit, retryDelay: retryDelaySeconds, retryBackoff: retryDelaySeconds > 0, expireInSeconds, heartbeatSeconds, notify: true,
    deleteAfterSeconds: 7 * 86_400,
    ...(deadLetter === undefined ? {} : { deadLetter }),
  }
  await boss.createQueue(job.name, { ...options, policy })
  // An older program may have made it with other settings.
  await boss.updateQueue(job.name, options)
}

async function startWorker(boss: PgBoss, job: Job<object>, handler: JobHandler<object>, log: JobLog): Promise<void> {
  const options = {
    // Notifications wake the workers; polling finds what is due later and covers a lost listener.
    pollingIntervalSeconds: 0.5,
    notifyPollingIntervalSeconds: 2,
    localConcurrency: job.settings.concurrency ?? 1,
    includeMetadata: true,
  } as const
  await boss.work<object, void, typeof options>(job.name, options, async (batch) => {
    for (const { id, data, retryCount, retryLimit, signal } of batch) {
      const context: JobContext = { jobId: id, attempt: retryCount + 1, isLastAttempt: retryCount >= retryLimit, signal }
      try {
        await handler(data, context)
      } catch (error) {
        log.error({ err: error, job: job.name, jobId: id, attempt: context.attempt, final: context.isLastAttempt }, 'a job failed')
        throw error
      }
    }
  })
}
