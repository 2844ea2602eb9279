import { defineJob } from '@datong/job-runner'

/**
 * The job that makes a version of an uploaded file. A crash counts as an attempt and is repeated at once, so many are
 * allowed; a failure that we see ends after `MOST_FAILURES` attempts. Six hours is the longest load.
 */
export const loadJob = defineJob<{ loadId: string }>('collection/load', { retryLimit: 15, retryDelaySeconds: 2, expireInSeconds: 6 * 3_600, concurrency: 2 })

/** An unforeseen failure in this attempt or a later one fails the load. */
export const MOST_FAILURES = 3
