import type { FieldSchema, InferredField } from '@datong/data-engine'
import { AppError, chinaDay } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import { isDeepStrictEqual } from 'node:util'
import { type CollectionContext, PLATFORM } from '../context.ts'
import { LoadHeld, type TakenMode } from '../loads/intake.ts'
import type { LoadRow } from '../loads/load-store.ts'
import { commonType } from '../loads/merge-fields.ts'
import { recordLoad } from '../record.ts'
import type { LoadDrift } from '../tables.ts'
import { recordSource } from './record-source.ts'
import type { SourceRow } from './source-tables.ts'

type Difference = Pick<LoadDrift, 'added' | 'lost' | 'retyped'>

/** How columns that come differ from those that are there; a type that holds fewer values than the one there is no difference. */
export function differenceOf(older: readonly FieldSchema[], incoming: readonly InferredField[]): Difference | undefined {
  const before = new Map(older.map((field) => [field.name.toLowerCase(), field]))
  const after = new Set(incoming.map(({ name }) => name.toLowerCase()))
  const added = incoming.filter(({ name }) => !before.has(name.toLowerCase())).map(({ name, type }) => ({ name, type }))
  const lost = older.filter(({ name }) => !after.has(name.toLowerCase())).map(({ name, type }) => ({ name, type }))
  const retyped = incoming.flatMap(({ name, type: to, filled }) => {
    const from = before.get(name.toLowerCase())?.type
    return from === undefined || filled === 0 || commonType(from, to) === from ? [] : [{ name, from, to }]
  })
  return added.length + lost.length + retyped.length === 0 ? undefined : { added, lost, retyped }
}

const pickDifference = ({ added, lost, retyped }: LoadDrift): Difference => ({ added, lost, retyped })

/** The load must begin anew, for what it read is not what it now needs. */
export class BeginAnew extends Error {}

interface Case {
  readonly source: SourceRow
  readonly load: LoadRow
  readonly mode: TakenMode
  readonly fields: readonly InferredField[]
}

/**
 * What a changed schema does to a load, by the source's policy or by what a person decided about this load.
 * @throws LoadHeld, BeginAnew
 */
export async function judgeDrift(context: CollectionContext, { source, load, mode, fields }: Case): Promise<TakenMode> {
  const newest = await context.versions.findNewest(load.entry_code)
  const difference = newest && differenceOf(newest.manifest.fields, fields)
  if (difference === undefined) return mode
  const now = await context.loads.find(load.id)
  // What a person decided holds for the difference that he saw.
  const decided = now?.drift != null && isDeepStrictEqual(difference, pickDifference(now.drift)) ? now.drift.settled : null
  const policy = decided === 'accepted' ? 'adapt' : decided === 'split' ? 'split' : source.drift
  const drift: LoadDrift = { policy: source.drift, ...difference, settled: null, entryCode: null }
  if (policy === 'hold') throw new LoadHeld('drift', drift)
  if (policy === 'adapt') {
    await settle(context, load, { ...drift, settled: decided ?? 'adapted' })
    return mode
  }
  await split(context, { source, load, drift })
  // Only new rows were read: an entry of its own needs all of them.
  if (mode !== 'full') throw new BeginAnew('the load goes on in an entry of its own')
  return 'full'
}

async function settle(context: CollectionContext, { id }: LoadRow, drift: LoadDrift): Promise<void> {
  await inTransaction(context.store.db, async (trx) => {
    const load = await context.loads.change(trx, id, { drift: JSON.stringify(drift) })
    await recordLoad(trx, context, { load, actor: PLATFORM, action: 'adapted', detail: { ...drift } })
  })
}

/** The load and its source go on in a new entry; the one so far stays as it is. */
async function split(context: CollectionContext, { source, load, drift }: { source: SourceRow; load: LoadRow; drift: LoadDrift }): Promise<void> {
  const { catalog, loads, sources, clock } = context
  await inTransaction(context.store.db, async (trx) => {
    if ((await sources.lock(trx, source.id)) === undefined) throw new AppError('collection/source-removed')
    const title = `${source.entry_title}（${chinaDay(clock.now())} 起）`.slice(0, 200)
    const entry = await catalog.draft(trx, { title, organisation: source.organisation, actor: PLATFORM })
    const settled: LoadDrift = { ...drift, settled: 'split', entryCode: entry.code }
    const moved = await loads.change(trx, load.id, { entry_code: entry.code, entry_title: title, drift: JSON.stringify(settled) })
    await recordLoad(trx, context, { load: moved, actor: PLATFORM, action: 'split', detail: { ...settled } })
    const after = await sources.change(trx, source.id, { entry_code: entry.code, watermark: null, base_version: null, full_due: 'first' })
    await recordSource(trx, context, { source: after, actor: PLATFORM, action: 'split', detail: { from: load.entry_code } })
  })
}

