import { AppError } from '@datong/kernel'
import { type Caller, holds } from '../../../platform/caller.ts'
import type { ImportHead } from './bulk-store.ts'
import type { BulkContext } from './context.ts'

/** Departments see their own imports, the steward all. @throws AppError `request/not-found` alike for what does not exist and what may not be seen */
export async function requireImport({ bulk }: Pick<BulkContext, 'bulk'>, id: string, caller: Caller): Promise<ImportHead> {
  const head = await bulk.find(id)
  if (head === undefined || !mayUse(caller, head)) throw new AppError('request/not-found')
  return head
}

const mayUse = (caller: Caller, { organisation }: Pick<ImportHead, 'organisation'>): boolean =>
  holds(caller, 'steward') || (holds(caller, 'provider') && organisation !== null && organisation === caller.organisation)
