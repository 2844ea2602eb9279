import { defineJob } from '@datong/job-runner'
import type { Trx } from '@datong/metadata-store'
import type { QualityContext } from '../context.ts'

/** Holds the version in use of an entry against its rules again; several wishes for one entry become one check. */
export const checkJob = defineJob<{ entryCode: string }>('quality/check-entry', { policy: 'short', retryLimit: 2, retryDelaySeconds: 5, expireInSeconds: 3_600, concurrency: 2 })

/** Asks for a check after the transaction. */
export async function queueCheck(trx: Trx, { jobs }: Pick<QualityContext, 'jobs'>, entryCode: string): Promise<void> {
  await jobs.enqueue(trx, checkJob, { entryCode }, { key: entryCode })
}
