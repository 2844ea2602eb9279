import type { BulkMapping } from '@datong/contracts'
import { AppError, type Issue } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import { type BulkContext, directoryOf } from './context.ts'
import { requireImport } from './find-import.ts'
import { planRows } from './plan-rows.ts'
import { sourceOf } from './upload-bulk.ts'

/** Takes what the columns mean and keeps what each row would come to; no entry changes. @throws AppError `request/not-found`, `catalog/wrong-state`, `request/invalid` */
export async function previewBulk(context: BulkContext, id: string, mapping: BulkMapping, caller: Caller): Promise<void> {
  const head = await requireImport(context, id, caller)
  const content = await context.bulk.content(id)
  if (content === null || (head.state !== 'mapping' && head.state !== 'previewed')) throw new AppError('catalog/wrong-state', { action: 'map', state: head.state })
  const issues = mappingIssues(mapping, head.names.length)
  if (issues.length > 0) throw new AppError('request/invalid', {}, issues)
  const rows = await planRows(context, content, mapping, directoryOf(context), caller)
  await inTransaction(context.db, async (trx) => {
    const now = await context.bulk.lock(trx, id)
    if (now?.state !== 'mapping' && now?.state !== 'previewed') throw new AppError('catalog/wrong-state', { action: 'map', state: now?.state ?? '' })
    await context.bulk.replaceRows(trx, id, rows)
    await context.bulk.update(trx, id, { state: 'previewed', mapping: JSON.stringify(mapping), source: JSON.stringify(sourceOf(head.names, content, mapping)) })
  })
}

function mappingIssues({ columns, fixed }: BulkMapping, width: number): Issue[] {
  const issues: Issue[] = []
  if (columns.length !== width) issues.push({ pointer: '/columns', code: 'length', message: `has to name each of the ${width} columns` })
  const taken = new Map<string, number>()
  columns.forEach((property, index) => {
    if (property === null) return
    if (taken.has(property)) issues.push({ pointer: `/columns/${index}`, code: 'twice', message: `column ${taken.get(property)! + 1} has it already` }) // just asked
    taken.set(property, index)
  })
  if (!taken.has('code') && !taken.has('title')) issues.push({ pointer: '/columns', code: 'no-title', message: 'neither codes nor titles of entries are named' })
  fixed.forEach(({ property }, index) => {
    if (property === 'code' || property === 'revision' || property === 'title') issues.push({ pointer: `/fixed/${index}`, code: 'not-fixed', message: 'differs from row to row' })
  })
  return issues
}
