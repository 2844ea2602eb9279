import { ROW_COLUMN, type Value } from '@datong/data-engine'
import { AppError } from '@datong/kernel'
import { createHash } from 'node:crypto'
import type { Caller } from '../../../platform/caller.ts'
import type { DeliveryPlan, PlanField } from '../plan/plan.ts'
import { maskCell } from '../rows/read-rows.ts'
import { currentPlan } from '../subscriptions/deliver-changes.ts'
import { feedOf } from '../subscriptions/feed-of.ts'
import { readChanges } from '../subscriptions/read-changes.ts'
import { rowIds } from '../subscriptions/seen-rows.ts'
import type { ChangeSet } from '../subscriptions/tables.ts'
import { columnsOf, parameterOf } from './columns.ts'
import { type ConsumerTable, createConsumerTable, type Progress, type PushRow } from './consumer-table.ts'
import type { PushContext } from './context.ts'
import type { TargetRow } from './tables.ts'
import type { Connection } from './target-database.ts'

/** What one push works with. */
export interface Push {
  readonly target: TargetRow
  readonly caller: Caller
  readonly connection: Connection
  /** Up to where this push leads: what changes at its source meanwhile is for the next one. */
  readonly goal: { position?: number }
  /** Told what the consumer's database says before anything else is done there. */
  found(progress: Progress | undefined): void
  /** Told before the count of what was pushed begins anew. */
  restarts(): Promise<void>
  /** Told after each batch. @throws when the push is to stop */
  moved(progress: Progress, rows: readonly PushRow[]): Promise<void>
}

/** The plan of the target's own application under its grant, decided now. @throws AppError why there is none */
export async function groundOf(context: PushContext, target: TargetRow, caller: Caller): Promise<DeliveryPlan> {
  const plan = await currentPlan(context, caller, target.entry_code)
  if (plan.basis.kind !== 'grant' || plan.basis.appId !== target.app_id) throw new AppError('delivery/no-grant', { code: target.entry_code })
  return plan
}

/** Everything besides the version that decides what the table holds. */
const fingerprintOf = (plan: DeliveryPlan, fields: readonly PlanField[]): string => createHash('sha256').update(JSON.stringify([
  plan.basis.kind === 'grant' ? plan.basis.grantId : '', fields.map(({ name, masking, schema }) => [name, masking, schema.type]), plan.rowFilter,
])).digest('base64url')

/**
 * Moves the consumer's table on: by the changes since the position that it is at, else by all rows anew. Whatever breaks it
 * off, the next one goes on behind the last batch that was committed there.
 * @returns how far it is, and whether there is nothing more to do
 */
export async function pushOnce(context: PushContext, push: Push): Promise<{ progress: Progress; isCurrent: boolean }> {
  await context.extend(push.target.entry_code)
  const plan = await groundOf(context, push.target, push.caller)
  const fields = [...plan.fields.values()]
  const table = createConsumerTable(push.connection, push.target.id, push.target.table_name, columnsOf(fields))
  const fingerprint = fingerprintOf(plan, fields)
  const [progress, set] = [await table.progress(), await (await feedOf(context, plan)).setOf(plan.entryCode, plan.version)]
  push.found(progress)
  if (progress?.phase === 'done' && progress.fingerprint === fingerprint && set !== undefined) {
    if (progress.version === plan.version && progress.position >= (push.goal.position ??= set.last_position)) {
      await table.tidy()
      return { progress, isCurrent: true }
    }
    const moved = await pushChanges(context, push, plan, fields, table, progress)
    if (moved !== undefined) return { progress: moved, isCurrent: false }
  }
  return { progress: await pushAll(context, push, plan, fields, table, progress, fingerprint, set), isCurrent: false }
}

/** @returns undefined when the feed begins anew behind that position */
async function pushChanges(
  context: PushContext, push: Push, plan: DeliveryPlan, fields: readonly PlanField[], table: ConsumerTable, before: Progress,
): Promise<Progress | undefined> {
  if (before.position < 0) return undefined
  const page = await readChanges(context, plan, before.position, table.batchRows)
  if (page.items.some(({ kind }) => kind === 'reset' || kind === 'version')) return undefined
  // Of several changes of one row the last one holds.
  const rows = new Map<string, PushRow>()
  for (const { id, row } of page.items) {
    if (id !== null) rows.set(id, { id, values: row === null ? null : fields.map(({ name }) => parameterOf(row[name] ?? null)) })
  }
  const after = await table.change(before, [...rows.values()], page.position, page.more ? before.version : page.version)
  await push.moved(after, [...rows.values()])
  return after
}

async function pushAll(
  context: PushContext, push: Push, plan: DeliveryPlan, fields: readonly PlanField[], table: ConsumerTable, before: Progress | undefined, fingerprint: string,
  set: ChangeSet | undefined,
): Promise<Progress> {
  const { target, caller } = push
  const goesOn = before?.phase === 'loading' && before.fingerprint === fingerprint && before.version === plan.version
  if (!goesOn) await push.restarts()
  let progress = goesOn ? before : await table.begin(
    before, { phase: 'starting', fingerprint, version: plan.version, position: -1, rows: 0, digest: '' }, { create: target.create_table, replace: target.replace_existing })
  for await (const { rows, lastRow } of rowsBehind(context, plan, fields, set, progress.position, table.batchRows)) {
    const now = await groundOf(context, target, caller)
    // Another version or another grant meanwhile: begin with that one.
    if (now.version !== plan.version || fingerprintOf(now, [...now.fields.values()]) !== fingerprint) return progress
    progress = await table.load(progress, rows, lastRow)
    await push.moved(progress, rows)
  }
  await groundOf(context, target, caller)
  // Rows of the version are older than the states behind it, which are told of again then.
  const whole = set?.kind === 'state' ? await context.feed.lastWhole(plan.entryCode) : set
  return table.swap(progress, whole?.last_position ?? -1)
}

/** Masked rows of the plan's version behind a row, in batches. */
async function* rowsBehind(
  { engine, sealer }: PushContext, plan: DeliveryPlan, fields: readonly PlanField[], set: ChangeSet | undefined, behind: number, size: number,
): AsyncGenerator<{ rows: PushRow[]; lastRow: number }> {
  const key = set?.key_field ?? null
  const idOf = key === null ? null : rowIds(sealer, plan, key)
  const columns = [...new Set([ROW_COLUMN, ...(key === null ? [] : [key]), ...fields.map(({ name }) => name)])]
  const places = fields.map(({ name }) => columns.indexOf(name))
  const idFrom = (cells: readonly Value[]): string => (idOf === null ? `row ${String(cells[0])}` : idOf(cells[1] ?? null))
  let rows: PushRow[] = []
  let lastRow = behind
  for await (const batch of engine.query({ files: plan.files, schema: plan.schema }, { columns, filters: [...plan.rowFilter, { field: ROW_COLUMN, op: 'gt', value: behind }] })) {
    for (const cells of batch) {
      rows.push({ id: idFrom(cells), values: fields.map((field, index) => parameterOf(maskCell(field, cells[places[index]!]!))) }) // a place for each field
      lastRow = Number(cells[0])
      if (rows.length < size) continue
      yield { rows, lastRow }
      rows = []
    }
  }
  if (rows.length > 0) yield { rows, lastRow }
}
