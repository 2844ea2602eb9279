import type { InferredField, Staged } from '@datong/data-engine'
import { AppError } from '@datong/kernel'
import type { CollectionContext } from '../context.ts'
import type { Reconciled } from '../tables.ts'
import type { TakenIn } from '../versions/make-version.ts'
import { requireSpace } from './disk-space.ts'
import type { Attempt, Intake, TakenMode, TakenTable } from './intake.ts'
import type { LoadRow } from './load-store.ts'
import { requireRows } from './read-source.ts'
import { reconcile, reconcileIdle } from './reconcile.ts'
import { storeRows, type StoredRows } from './store-rows.ts'

/** Rows came that were there already, or none. */
export interface Idle {
  readonly idle: { readonly rowsRead: number; readonly rowsRejected: number; readonly reconciliation?: Reconciled }
}

/**
 * Everything of a load before its version is made: rows come in, a recipe goes over them, they are typed and stored.
 * @returns counts only when nothing is new, so that no version is wanted
 */
export async function takeIn(context: CollectionContext, load: LoadRow, attempt: Attempt): Promise<TakenIn | Idle> {
  const { engine } = context
  const { progress, rejects, signal } = attempt
  await requireSpace(context)
  const intake = context.intakes[load.kind]
  if (intake === undefined) throw new Error(`nothing takes in loads of the kind ${load.kind}`)
  if (attempt.checkpoint === undefined) await progress.begin('detecting', { rows_read: 0, rows_stored: 0, rows_rejected: 0, detection: null })
  const taken = await intake.take(load, attempt)
  if (taken === undefined) return { idle: { rowsRead: 0, rowsRejected: 0 } }
  requireSome(intake, taken, taken.rowsRejected)
  const recipe = await context.transform?.(load, taken, attempt)
  const table = recipe?.table ?? taken.table
  const rejected = taken.rowsRejected + (recipe?.rowsRejected ?? 0)

  const staged: Staged = await engine.stage(table)
  try {
    await progress.begin('typing', { rows_read: taken.rowsRead, rows_rejected: rejects.total, detection: JSON.stringify(taken.facts), remaining_seconds: null, rows_per_second: null })
    const fields: InferredField[] = await engine.inferTypes(staged, recipe?.hints ?? taken.hints)
    signal.throwIfAborted()
    const mode: TakenMode = (await taken.judge?.(fields)) ?? taken.mode
    await requireSpace(context)
    await progress.begin('storing')
    const stored = await storeRows(context, load.id, { staged, fields, mode, attempt })
    await rejects.flush()
    const rowsRejected = rejected + stored.written.rowsRejected
    requireSome(intake, taken, rowsRejected - (recipe?.rowsDropped ?? 0))
    requireSum(taken.rowsRead, stored, rowsRejected, rejects.total)
    if (stored.written.files.length === 0) {
      const reconciliation = await reconcileIdle(context, load.entry_code, { taken, isChanged: recipe !== undefined })
      return { idle: { rowsRead: taken.rowsRead, rowsRejected, ...(reconciliation === undefined ? {} : { reconciliation }) } }
    }
    const reconciliation = await reconcile(context, { taken, stored, isChanged: recipe !== undefined })
    return {
      written: stored.written, rowsRead: taken.rowsRead, rowsRejected, rowsTaken: stored.rowsTaken, ...(stored.base === undefined ? {} : { base: stored.base }),
      lineage: {
        inputs: [...taken.inputs, ...stored.inputs], steps: [...(taken.steps ?? []), ...(recipe?.steps ?? []), ...stored.steps],
        fields: recipe?.fieldOrigins ?? taken.fieldOrigins ?? [],
        ...(taken.conditions === undefined ? {} : { conditions: taken.conditions }),
      },
      ...(taken.received === undefined ? {} : { received: taken.received }),
      ...(reconciliation === undefined ? {} : { reconciliation }),
      ...(recipe === undefined ? {} : { original: recipe.original }),
      settled: async (trx, now, version) => {
        await intake.settled?.(trx, now, version, taken)
        await recipe?.settled(trx, now, version)
      },
    }
  } finally {
    await engine.discard(staged)
  }
}

/** A file of which nothing, or too little, can be stored is a mistake rather than a table; that nothing is new is none. */
function requireSome({ mayBeEmpty }: Intake, { rowsRead: read }: TakenTable, rejected: number): void {
  if (!mayBeEmpty || read > 0) requireRows({ read, rejected })
}

/** Every row that was read is stored or among the rejects; anything else is our fault and must not become a version. */
function requireSum(rowsRead: number, { rowsTaken }: StoredRows, rowsRejected: number, rejectsSeen: number): void {
  if (rowsRead !== rowsTaken + rowsRejected || rowsRejected !== rejectsSeen) {
    throw new AppError('collection/rows-lost', { rowsRead, rowsStored: rowsTaken, rowsRejected, rejectsSeen })
  }
}
