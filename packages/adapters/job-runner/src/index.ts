export type { JobLog, JobStore, JobTransaction } from './connection.ts'
export { createEventBus, defineEvent, type DomainEvent, type EventBus } from './event-bus.ts'
export { defineJob, type Job, type JobContext, type JobHandler, type JobSettings } from './job.ts'
export { createJobRunner, type EnqueueOptions, type JobRunner, type JobRunnerOptions } from './job-runner.ts'
