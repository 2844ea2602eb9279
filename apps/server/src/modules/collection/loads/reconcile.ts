import { AppError } from '@datong/kernel'
import type { CollectionContext } from '../context.ts'
import type { Reconciled } from '../tables.ts'
import type { TakenTable } from './intake.ts'
import type { Count, Reconciliation } from './reconciliation.ts'
import type { StoredRows } from './store-rows.ts'

interface Taken {
  readonly taken: TakenTable
  readonly stored: StoredRows
  /** Whether a recipe changed the rows on their way: then only their number can be compared. */
  readonly isChanged: boolean
}

/**
 * Holds against each other what the source has, what came in, and what is in the lake now, read back from its files.
 * @throws AppError `collection/not-reconciled` when rows differ that cannot have moved
 */
export async function reconcile({ engine }: Pick<CollectionContext, 'engine'>, { taken, stored, isChanged }: Taken): Promise<Reconciled | undefined> {
  if (taken.reconciliation === undefined) return undefined
  const { source, covers } = taken.reconciliation
  const { written, base } = stored
  const isWhole = base === undefined && !isChanged && written.rowsRejected + taken.rowsRejected === 0
  const canHash = isWhole || (covers === 'entry' && source?.hash != null && !isChanged)
  const found = canHash ? await engine.digest({ files: written.files.map(({ path }) => path), schema: written.schema }) : undefined
  return judged(taken.reconciliation, { rows: written.rowsStored, hash: found?.hash ?? null })
}

/**
 * The same for a load that brought nothing new: the newest version is what all of the source is held against, where it was counted.
 * Else nobody would know of rows that a mark does not show, and that are gone.
 */
export async function reconcileIdle(
  { engine, versions, workspace }: Pick<CollectionContext, 'engine' | 'versions' | 'workspace'>, entryCode: string, { taken: { reconciliation }, isChanged }: Pick<Taken, 'taken' | 'isChanged'>,
): Promise<Reconciled | undefined> {
  if (reconciliation?.covers !== 'entry') return undefined
  const newest = await versions.findNewest(entryCode)
  if (newest === undefined) return undefined
  const { folder, manifest } = newest
  const canHash = reconciliation.source?.hash != null && !isChanged
  const found = canHash ? await engine.digest({ files: manifest.files.map(({ path }) => workspace.inLake(`${folder}/${path}`)), schema: manifest.fields }) : undefined
  return judged(reconciliation, { rows: newest.row_count, hash: found?.hash ?? null })
}

function judged({ source, received, covers, isOfOneMoment }: Reconciliation, lake: Count): Reconciled {
  const expected = covers === 'entry' ? lake : received
  const moved = source !== null && !isSame(source, expected)
  if (moved && isOfOneMoment && covers === 'load') throw new AppError('collection/not-reconciled', { source: source.rows, received: received.rows })
  const hashesMeet = lake.hash !== null && (covers === 'entry' ? source?.hash : received.hash) === lake.hash
  return { source, received, lake: hashesMeet ? lake : { ...lake, hash: null }, outcome: moved ? 'moved' : hashesMeet ? 'agrees' : 'counts' }
}

const isSame = (one: Count, other: Count): boolean => one.rows === other.rows && (one.hash === null || other.hash === null || one.hash === other.hash)
