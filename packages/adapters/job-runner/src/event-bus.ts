import type { JobTransaction } from './connection.ts'
import { defineJob, type Job, type JobHandler, type JobSettings } from './job.ts'
import type { JobRunner } from './job-runner.ts'

/** Something that happened in one module and that others may react to; the payload is plain JSON. */
export interface DomainEvent<Payload extends object> {
  readonly name: string
  /** Carries the type only; never set. */
  readonly payloadType?: Payload
}

/** Declares an event, named in the past tense: `collection/version-loaded`. */
export function defineEvent<Payload extends object>(name: string): DomainEvent<Payload> {
  return { name }
}

/** Reactions between modules: the publisher does not know who listens. */
export interface EventBus {
  /** Tells each subscriber, if and when `trx` commits: one job for each, at least once. */
  publish<Payload extends object>(trx: JobTransaction, event: DomainEvent<Payload>, payload: Payload): Promise<void>
  /**
   * Reacts to an event. Every process must subscribe alike, also those that only publish; `subscriber` names the
   * reaction and must stay the same from release to release, for it names the queue.
   */
  subscribe<Payload extends object>(
    event: DomainEvent<Payload>, subscriber: string, handler: JobHandler<Payload>, settings?: JobSettings,
  ): Promise<void>
}

/** Makes the bus over a job runner: a transactional outbox with one queue for each subscriber. */
export function createEventBus(runner: JobRunner): EventBus {
  const subscribers = new Map<string, Job<object>[]>()
  return {
    publish: async (trx, event, payload) => {
      for (const job of subscribers.get(event.name) ?? []) await runner.enqueue(trx, job, payload)
    },
    subscribe: async (event, subscriber, handler, settings = {}) => {
      const jobs = subscribers.get(event.name) ?? []
      const name = `${event.name}.${subscriber}`
      if (jobs.some((job) => job.name === name)) throw new Error(`${subscriber} already subscribes to ${event.name}`)
      const job: Job<NonNullable<typeof event.payloadType>> = defineJob(name, settings)
      subscribers.set(event.name, [...jobs, job])
      await runner.work(job, handler)
    },
  }
}
