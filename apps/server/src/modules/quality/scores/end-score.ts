import { chinaDay } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { QualityContext } from '../context.ts'

/** An entry was withdrawn: from today on it counts neither for its department nor for the city; what it counted before stays. */
export const endScore = (context: Pick<QualityContext, 'db' | 'scoreDays' | 'clock'>, entryCode: string): Promise<void> =>
  inTransaction(context.db, (trx) => context.scoreDays.end(trx, entryCode, chinaDay(context.clock.now())))
