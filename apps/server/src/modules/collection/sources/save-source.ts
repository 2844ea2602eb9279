import type { BodyOf, operations, SourceFromView, SourceMode } from '@datong/contracts'
import { AppError, type Issue, uuidv7 } from '@datong/kernel'
import { inTransaction, type Trx } from '@datong/metadata-store'
import { isDeepStrictEqual } from 'node:util'
import type { Caller } from '../../../platform/caller.ts'
import { requireFit } from '../connectors/define-connector.ts'
import { isCaptured } from '../capture/capture-store.ts'
import type { CollectionContext } from '../context.ts'
import { connectorOf, reachOfSource, sealedFor } from './open-source.ts'
import { recordSource } from './record-source.ts'
import { nextRun } from './schedule.ts'
import type { SourceRow } from './source-tables.ts'

type NewSource = BodyOf<typeof operations.createSource>
type SourceChange = BodyOf<typeof operations.changeSource>

/**
 * Registers a source of the caller's department.
 * @throws AppError `collection/source-settings` with all issues, `collection/source-exists`, `request/not-found` for an entry of others
 */
export async function createSource(context: CollectionContext, body: NewSource, caller: Caller): Promise<SourceRow> {
  const { clock, random, sources, catalog, sealer } = context
  const { organisation } = caller
  if (organisation === null) throw new AppError('request/invalid', {}, [{ pointer: '/organisation', code: 'none', message: '您的账号不属于任何部门' }])
  const secrets = body.secrets ?? {}
  requireFit(connectorOf(body.kind), body.settings, secrets)
  requireSense({ kind: body.kind, from: body.from, mode: body.mode, keyColumns: body.keyColumns })
  const now = clock.now()
  const next = nextRun(body.schedule, now)
  const entry = body.entryCode === undefined ? undefined : await catalog.requireOwned(body.entryCode, caller)
  const id = uuidv7(clock, random)
  return inTransaction(context.store.db, async (trx) => {
    await requireFree(trx, context, { id, organisation, name: body.name, entryCode: entry?.code })
    const source = await sources.insert(trx, {
      id, name: body.name, kind: body.kind, organisation, settings: JSON.stringify(body.settings), secrets: sealer.seal(JSON.stringify(secrets), sealedFor(id)),
      secret_names: Object.keys(secrets), read_from: JSON.stringify(body.from), mode: body.mode, mark_column: body.markColumn, key_columns: body.keyColumns, drift: body.drift,
      schedule: body.schedule, entry_code: entry?.code ?? null, entry_title: entry?.title ?? body.entryTitle ?? body.name, next_run_at: next, base_version: null,
      reconciled_at: null, created_at: now, created_by: caller.actor.name,
    })
    await recordSource(trx, context, { source, actor: caller.actor, action: 'registered' })
    return source
  })
}

/**
 * Changes a source. Secrets that are kept stay only for the settings that they were given with: else they could be sent elsewhere.
 * @throws AppError `request/not-found`, `request/conflict`, `collection/source-settings`, `collection/source-exists`
 */
export async function changeSource(context: CollectionContext, id: string, { revision, ...body }: SourceChange, caller: Caller): Promise<SourceRow> {
  const { sources, sealer, clock } = context
  return inTransaction(context.store.db, async (trx) => {
    const before = await sources.lock(trx, id)
    if (before === undefined || before.organisation !== caller.organisation) throw new AppError('request/not-found')
    if (revision !== before.revision) throw new AppError('request/conflict')
    const settings = body.settings ?? before.settings
    const secrets = body.secrets ?? keptSecrets(context, before, settings)
    requireFit(connectorOf(before.kind), settings, secrets)
    const from = body.from ?? before.read_from
    const next = {
      mode: body.mode ?? before.mode, mark_column: body.markColumn === undefined ? before.mark_column : body.markColumn, key_columns: body.keyColumns ?? before.key_columns,
    }
    requireSense({ kind: before.kind, from, mode: next.mode, keyColumns: next.key_columns })
    const schedule = body.schedule === undefined ? before.schedule : body.schedule
    await requireFree(trx, context, { id, organisation: before.organisation, name: body.name ?? before.name, entryCode: undefined })
    if (!isDeepStrictEqual([next.mode, from], [before.mode, before.read_from]) && (await isCaptured(trx, id))) throw new AppError('collection/capture-exists', { object: before.name })
    const readsOther = !isDeepStrictEqual([settings, from, next], [before.settings, before.read_from, { mode: before.mode, mark_column: before.mark_column, key_columns: before.key_columns }])
    const source = await sources.change(trx, id, {
      ...next, name: body.name ?? before.name, settings: JSON.stringify(settings), secrets: sealer.seal(JSON.stringify(secrets), sealedFor(id)), secret_names: Object.keys(secrets),
      read_from: JSON.stringify(from), drift: body.drift ?? before.drift, schedule,
      ...(schedule === before.schedule || before.state !== 'active' ? {} : { next_run_at: nextRun(schedule, clock.now()) }),
      ...(readsOther ? { watermark: null, full_due: before.full_due ?? 'asked' } : {}),
    })
    await recordSource(trx, context, { source, actor: caller.actor, action: 'changed' })
    return source
  })
}

function keptSecrets(context: CollectionContext, source: SourceRow, settings: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return source.secret_names.length > 0 && !isDeepStrictEqual(settings, source.settings) ? {} : reachOfSource(context, source).secrets
}

/** What the schemas of a kind cannot say. @throws AppError `collection/source-settings` with all issues */
function requireSense({ kind, from, mode, keyColumns }: { kind: string; from: SourceFromView; mode: SourceMode; keyColumns: readonly string[] }): void {
  const { can } = connectorOf(kind)
  const issues: Issue[] = []
  if ('query' in from && !can.query) issues.push({ pointer: '/from', code: 'query', message: '这种数据源不能用查询读取' })
  if (mode === 'incremental' && !can.incremental) issues.push({ pointer: '/mode', code: 'incremental', message: '这种数据源不能增量读取' })
  if (mode === 'changes' && !can.changes) issues.push({ pointer: '/mode', code: 'changes', message: '这种数据源不能捕获变更' })
  if (new Set(keyColumns).size < keyColumns.length) issues.push({ pointer: '/keyColumns', code: 'uniqueItems', message: '主键列重复' })
  if (issues.length > 0) throw new AppError('collection/source-settings', {}, issues)
}

/** One source of a name in a department, and one that fills an entry. @throws AppError `collection/source-exists` */
async function requireFree(trx: Trx, { sources }: CollectionContext, { id, organisation, name, entryCode }: { id: string; organisation: string; name: string; entryCode: string | undefined }): Promise<void> {
  const sameName = await sources.findByName(trx, organisation, name)
  if (sameName !== undefined && sameName.id !== id) throw new AppError('collection/source-exists', { name })
  const sameEntry = entryCode === undefined ? undefined : await sources.findByEntry(entryCode, trx)
  if (sameEntry !== undefined && sameEntry.id !== id) throw new AppError('collection/source-exists', { name: sameEntry.name })
}
