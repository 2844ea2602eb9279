import { AppError, type Grade, isAppError, stricter } from '@datong/kernel'
import { join } from 'node:path'
import type { CollectionContext } from '../context.ts'
import type { Intake, TakenTable } from '../loads/intake.ts'
import { reason } from '../loads/reason.ts'
import { currentInputs } from './build-view.ts'
import { prepareView } from './view-inputs.ts'

/** Most rows of a view: beyond them a query is more likely a join without a condition than a table. */
const MOST_ROWS = 50_000_000
/** A query that takes longer is more likely a join without a condition too. */
const LONGEST_MS = 30 * 60_000

/** What a build read, for its end. */
interface Reading {
  readonly floor: Grade
  readonly providers: readonly string[]
}

/** Rows of a load of kind `view`: what its query gives over the versions that its department may read at that moment. */
export function viewIntake(contextOf: () => CollectionContext): Intake {
  const readings = new WeakMap<TakenTable, Reading>()
  return {
    mayBeEmpty: true,

    async take(load, { scratch, progress, signal }) {
      const context = contextOf()
      const { viewId } = load.details
      const view = typeof viewId === 'string' ? await context.views.find(viewId) : undefined
      if (view === undefined || view.state === 'retired') throw new AppError('collection/wrong-state', { state: view?.state ?? 'gone' })
      await progress.begin('reading')
      // Noted before anything can fail, so that a view whose input is lost is not tried again and again.
      await context.views.note(view.id, { tried: { definition: view.version, inputs: await currentInputs(context, view) } })
      const { inputs, compiled, query, floor } = await prepareView(context, view, view.organisation).catch(inputLost)
      const tooLong = AbortSignal.timeout(LONGEST_MS)
      const { table, hints } = await context.engine.derive(query, { path: join(scratch, 'normalised.csv'), mostRows: MOST_ROWS }, AbortSignal.any([signal, tooLong])).catch((error: unknown) => {
        if (tooLong.aborted && !signal.aborted) throw new AppError('collection/view-failed', { because: 'too-long' })
        return notRun(error)
      })
      const reasons = inputs.map(({ name, entryCode, version }) => reason('view/input', { name, entry: entryCode, version }))
      const taken: TakenTable = {
        table, hints, rowsRead: table.rows, rowsRejected: 0, mode: 'full',
        facts: { format: 'view', encoding: null, delimiter: null, headerRows: 0, columns: table.names.length, reasons },
        inputs: inputs.map(({ entryCode, version }) => ({ kind: 'version', entryCode, version })),
        steps: [{ kind: 'query', id: view.id, version: view.version, title: view.title }],
        fieldOrigins: compiled.origins, conditions: compiled.conditions,
      }
      readings.set(taken, { floor, providers: inputs.map(({ provider }) => provider) })
      return taken
    },

    /** The grade that binds is that of what was read; who gave it learns of it. */
    async settled(trx, load, version, taken) {
      const context = contextOf()
      const view = await context.views.ofEntry(load.entry_code, trx)
      const reading = readings.get(taken)
      if (view === undefined || reading === undefined) return
      const { floor, providers } = reading
      // Older versions may be chosen again: what bound them goes on binding.
      await context.views.note(view.id, { floor: view.floor === null ? floor : stricter(view.floor, floor) }, trx)
      await context.evidence.record(trx, {
        chain: 'decision', action: 'collection.view.built', actor: load.started_by, parties: [...new Set([view.organisation, ...providers])],
        subject: { type: 'view', id: view.id, title: view.title },
        detail: { entryCode: load.entry_code, version, definition: view.version, inputs: taken.inputs.flatMap((input) => (input.kind === 'version' ? [`${input.entryCode}/v${input.version}`] : [])), rows: taken.table.rows, floor },
      })
    },
  }
}

/** A right that ended, or data that went: nothing that another try would mend. */
function inputLost(error: unknown): never {
  if (isAppError(error) && (error.code.startsWith('delivery/') || error.code === 'request/not-found')) {
    throw new AppError('collection/view-input-lost', { ...error.params, because: error.code })
  }
  throw error
}

function notRun(error: unknown): never {
  if (isAppError(error) && RUNS.has(error.code)) throw new AppError('collection/view-failed', { because: error.code, ...error.params })
  throw error
}

const RUNS: ReadonlySet<string> = new Set(['data-engine/query-refused', 'data-engine/query-failed', 'data-engine/too-many-rows'])
