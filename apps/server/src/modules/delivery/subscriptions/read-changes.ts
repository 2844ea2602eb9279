import { type Filter, ROW_COLUMN } from '@datong/data-engine'
import type { Change } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { hash } from 'node:crypto'
import type { DeliveryContext } from '../context.ts'
import type { LakeVersion } from '../deps.ts'
import type { DeliveryPlan, PlanField } from '../plan/plan.ts'
import { maskCell } from '../rows/read-rows.ts'
import { feedOf, type ReadFeed } from './feed-of.ts'
import { readStates } from './read-states.ts'
import { describeChange, rowIds, type SeenRow } from './seen-rows.ts'
import type { ChangeSet } from './tables.ts'

/** A stretch of the feed as one ground sees it. */
export interface ChangePage {
  readonly items: readonly Change[]
  /** Up to which position it leads; the next page begins behind it. */
  readonly position: number
  readonly more: boolean
  readonly fields: readonly string[]
  readonly version: number
  /** Names fields, masks and row filter under which the rows are seen: with another one, what was read before looks otherwise. */
  readonly view: string
}

type FeedDeps = Pick<DeliveryContext, 'store' | 'lake' | 'engine' | 'sealer' | 'catalog' | 'clock'> & { readonly feed: ReadFeed }

/**
 * Changes behind a position as a plan lets them be seen: granted fields, masked, within the row filter. A row that comes
 * into the filter counts as added, one that leaves it as removed, and a change of other fields is none.
 * @param most positions to look at, seen or not
 * @throws AppError `delivery/unknown-position` for one that the feed has not reached
 */
export async function readChanges(context: FeedDeps, plan: DeliveryPlan, from: number, most: number): Promise<ChangePage> {
  const deps = { ...context, feed: await feedOf(context, plan) }
  const fields = [...plan.fields.values()]
  const [last, beginning] = await Promise.all([deps.feed.last(null, plan.entryCode), deps.feed.lastBeginning(plan.entryCode)])
  const end = last?.last_position ?? 0
  if (from > end) throw new AppError('delivery/unknown-position', { last: end })
  // What was before the last beginning is forgotten there in any case.
  let position = Math.max(from, (beginning?.first_position ?? 1) - 1)
  const limit = Math.min(position + most, end)
  const items: Change[] = []
  while (position < limit) {
    const set = (await deps.feed.setAt(plan.entryCode, position + 1))! // positions have no gaps
    const upTo = Math.min(limit, set.last_position)
    items.push(...(await readSet(deps, plan, fields, set, position, upTo)))
    position = upTo
  }
  return { items, position, more: position < end, fields: fields.map(({ name }) => name), version: last?.to_version ?? plan.version, view: viewName(plan) }
}

const viewNames = new WeakMap<DeliveryPlan, string>()

/** The same for plans that show rows alike, in every process. */
function viewName(plan: DeliveryPlan): string {
  let name = viewNames.get(plan)
  if (name === undefined) {
    const fields = [...plan.fields.values()].map((field) => [field.name, field.masking])
    viewNames.set(plan, (name = hash('sha256', JSON.stringify([fields, plan.rowFilter]), 'base64url').slice(0, 16)))
  }
  return name
}

async function readSet(deps: FeedDeps, plan: DeliveryPlan, fields: readonly PlanField[], set: ChangeSet, after: number, upTo: number): Promise<Change[]> {
  const version = set.to_version
  if (set.kind === 'version') return [{ position: set.first_position, kind: 'version', version, id: null, row: null }]
  if (set.kind === 'state') return readStates(deps, plan, fields, set, after, upTo)
  const view = viewOf(deps, plan, fields, set)
  if (set.kind === 'snapshot') {
    const items: Change[] = after < set.first_position ? [{ position: set.first_position, kind: 'reset', version, id: null, row: null }] : []
    const rows = await view(version, [
      { field: ROW_COLUMN, op: 'gte', value: Math.max(0, after - set.first_position) }, { field: ROW_COLUMN, op: 'lt', value: upTo - set.first_position },
    ])
    for (const [row, { id, cells }] of rows) items.push({ position: set.first_position + 1 + row, kind: 'added', version, id, row: cells })
    return items
  }
  const changes = await deps.feed.changes(plan.entryCode, after, upTo)
  const at = (rows: readonly (number | null)[]): Filter[] => [{ field: ROW_COLUMN, op: 'in', values: rows.filter((row) => row !== null) }]
  const [olds, news] = await Promise.all([
    view(set.from_version!, at(changes.map(({ before_row }) => before_row))), // a difference has one
    view(version, at(changes.map(({ after_row }) => after_row))),
  ])
  return changes.flatMap(({ position, before_row, after_row }): Change[] => {
    const before = before_row === null ? undefined : olds.get(before_row)
    const now = after_row === null ? undefined : news.get(after_row)
    return describeChange(position, version, before, now)
  })
}

/** Reads rows of a version by place, as the plan lets them be seen. */
function viewOf({ lake, engine, sealer }: FeedDeps, plan: DeliveryPlan, fields: readonly PlanField[], set: ChangeSet) {
  const key = set.key_field! // only sets of rows with keys are viewed
  const idOf = rowIds(sealer, plan, key)

  return async (number: number, where: readonly Filter[]): Promise<Map<number, SeenRow>> => {
    const version = await lake.version(plan.entryCode, number)
    const seen = new Map<number, SeenRow>()
    if (version === undefined || isEmptyIn(where) || !coversFilter(version, plan)) return seen
    const there = fields.filter((field) => hasField(version, field.name, field.schema.type))
    const columns = [...new Set([ROW_COLUMN, key, ...there.map(({ name }) => name)])]
    const places = there.map(({ name }) => columns.indexOf(name))
    for await (const rows of engine.query({ files: version.files, schema: version.fields }, { columns, filters: [...plan.rowFilter, ...where] })) {
      for (const cells of rows) {
        const row = Object.fromEntries(there.map((field, index) => [field.name, maskCell(field, cells[places[index]!]!)])) // a place for each field
        seen.set(Number(cells[0]), { id: idOf(cells[1] ?? null), cells: row })
      }
    }
    return seen
  }
}

const isEmptyIn = (where: readonly Filter[]): boolean => where.some((one) => one.op === 'in' && one.values.length === 0)

const hasField = ({ fields }: LakeVersion, name: string, type: string): boolean => fields.some((field) => field.name === name && field.type === type)

/** Rows of a version that the row filter cannot be held against are not seen. */
const coversFilter = (version: LakeVersion, plan: DeliveryPlan): boolean =>
  plan.rowFilter.every(({ field }) => hasField(version, field, plan.schema.find(({ name }) => name === field)?.type ?? ''))
