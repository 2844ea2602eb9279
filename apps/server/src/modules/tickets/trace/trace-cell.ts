import type { CellTrace } from '@datong/contracts'
import { ROW_COLUMN } from '@datong/data-engine'
import { AppError } from '@datong/kernel'
import type { Caller } from '../../../platform/caller.ts'
import type { LakeVersion, VersionOrigin } from '../../collection/index.ts'
import { filterOf } from '../cell-filter.ts'
import type { TicketsContext } from '../context.ts'
import { isOwner } from '../steps.ts'
import { namingOf } from '../view.ts'
import { lookBack } from './look-back.ts'

/** A cell by its place: the row counts from 1, or is the first in which a field has a value. */
export interface CellAt {
  readonly field: string
  readonly row: number | undefined
  readonly by: string | undefined
  readonly is: string | undefined
  /** The current one without it. */
  readonly version: number | undefined
}

/**
 * Where a cell comes from: load, file and line, steps between, and who answers for it. The value is told to the owner alone;
 * the bureau and auditors look at the way, not at what went it.
 * @throws AppError `request/not-found` for what is not there and what may not be seen, alike
 */
export async function traceCell(context: TicketsContext, code: string, { field, version: wanted, ...at }: CellAt, caller: Caller, everywhere: boolean): Promise<CellTrace> {
  const { catalog, collection, duties, organisations, tickets } = context
  const entry = await (everywhere ? catalog.requireVisible(code, caller) : catalog.requireOwned(code, caller))
  const [version, current] = await Promise.all([wanted === undefined ? collection.lake.current(code) : collection.lake.version(code, wanted), collection.lake.current(code)])
  const origin = version && await collection.originOf(code, version.number)
  if (version === undefined || origin === undefined || !version.fields.some(({ name }) => name === field)) throw new AppError('request/not-found')
  const owner = isOwner(caller, entry)
  const row = at.row ?? await rowOf(context, version, at, owner)
  if (row === undefined || row > version.rowCount) throw new AppError('request/not-found')
  const first = await lookBack(context, code, { version, origin, row: row - 1 }, field)
  const [value, [line], duty, going] = await Promise.all([
    owner ? valueAt(context, version, field, row) : null, context.engine.sourceLines(refOf(first.version), [first.row]), duties.of(entry.organisation), tickets.goingOf(code),
  ])
  // The value itself leaves: who saw which cell is known afterwards.
  if (owner) {
    await context.evidence.recordAccess({
      chain: 'access', action: 'tickets.cell.read', actor: caller.actor, parties: [entry.organisation], subject: { type: 'entry', id: code, title: entry.title },
      detail: { version: version.number, field, row },
    })
  }
  const { loadId, fileName, sha256, loadedAt, loadedBy, lineage } = first.origin
  return {
    entry: { code, title: entry.title }, version: { number: version.number, madeAt: origin.madeAt.toISOString(), current: current?.number === version.number }, row, field, value,
    since: first.version.number === version.number ? null : { version: first.version.number, row: first.row + 1, madeAt: first.origin.madeAt.toISOString() },
    load: { id: loadId, file: fileName, sha256, at: loadedAt.toISOString(), by: loadedBy.name },
    // A line is one of a file; what came otherwise, or of several things, has none.
    line: lineage.inputs.every(({ kind }) => kind === 'file') && lineage.inputs.length === 1 ? line ?? null : null, ...wayOf(first.origin, field),
    department: organisations.ref(entry.organisation), duty: duty === undefined ? null : { id: duty.account_id, name: duty.name },
    tickets: going.filter((one) => one.field === field).map((one) => ({ id: one.id, number: one.number, title: one.title, naming: namingOf(one), state: one.state })),
  }
}

const refOf = (version: LakeVersion) => ({ files: version.files, schema: version.fields })

/**
 * The first row in which a field has a value. For the owner alone: to others it would tell who is in the data.
 * @throws AppError `access/forbidden`; `request/invalid` when nothing is asked for
 */
async function rowOf(context: TicketsContext, version: LakeVersion, { by, is }: Pick<CellAt, 'by' | 'is'>, owner: boolean): Promise<number | undefined> {
  if (by === undefined || is === undefined) throw new AppError('request/invalid', {}, [{ pointer: '/row', code: 'missing', message: '请给出行号，或用来找到这一行的信息项和值' }])
  if (!owner) throw new AppError('access/forbidden', { operation: 'traceCell' })
  const filter = filterOf(version.fields, by, is)
  if (filter === undefined) return undefined
  for await (const batch of context.engine.query(refOf(version), { columns: [ROW_COLUMN], filters: [filter], limit: 1 })) return batch[0] === undefined ? undefined : Number(batch[0][0]) + 1
  return undefined
}

async function valueAt({ engine }: TicketsContext, version: LakeVersion, field: string, row: number): Promise<string | null> {
  for await (const batch of engine.query(refOf(version), { columns: [field], filters: [{ field: ROW_COLUMN, op: 'eq', value: row - 1 }] })) {
    const value = batch[0]?.[0] ?? null
    return value === null ? null : String(value)
  }
  return null
}

/** Inputs, steps and what the field was made of; a field without an origin comes from the field of its name. */
function wayOf({ lineage }: VersionOrigin, field: string): Pick<CellTrace, 'inputs' | 'steps' | 'origins' | 'how'> {
  const origin = lineage.fields.find((one) => one.field === field)
  // What a merge changed came with its load, not from the version that it was merged into.
  const merged = lineage.steps.some(({ kind }) => kind === 'merge') ? lineage.inputs.findIndex(({ kind }) => kind !== 'version') : 0
  return {
    inputs: lineage.inputs.map((input) => {
      const base = { kind: input.kind, entryCode: null, version: null }
      if (input.kind === 'file') return { ...base, title: input.name }
      if (input.kind === 'version') return { kind: input.kind, title: `${input.entryCode} v${input.version}`, entryCode: input.entryCode, version: input.version }
      return { ...base, title: input.title }
    }),
    steps: lineage.steps.map(({ kind, title, version }) => ({ kind, title, version })),
    origins: origin === undefined ? lineage.inputs.flatMap((_, input) => (input === Math.max(0, merged) ? [{ input, field }] : [])) : origin.from.map(({ input, field: from }) => ({ input, field: from })),
    how: origin?.how ?? 'same',
  }
}
