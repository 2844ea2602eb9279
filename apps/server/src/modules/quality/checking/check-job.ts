import { defineJob } from '@datong/job-runner'
import type { Db, Trx } from '@datong/metadata-store'
import type { QualityContext } from '../context.ts'

/** `facts`: only what changes without the data, such as how fresh they are and whether they are described. */
export type CheckScope = 'all' | 'facts'

/** Holds the version in use of an entry against its rules again; several wishes of one kind for one entry become one check. */
export const checkJob = defineJob<{ entryCode: string; scope: CheckScope }>('quality/check-entry', { policy: 'short', retryLimit: 2, retryDelaySeconds: 5, expireInSeconds: 3_600, concurrency: 2 })

/** Asks for a check, after the transaction when there is one. */
export async function queueCheck(db: Trx | Db, { jobs }: Pick<QualityContext, 'jobs'>, entryCode: string, scope: CheckScope = 'all'): Promise<void> {
  await jobs.enqueue(db, checkJob, { entryCode, scope }, { key: `${entryCode}/${scope}` })
}
