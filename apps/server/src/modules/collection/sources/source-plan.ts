import type { CollectionContext } from '../context.ts'
import type { ReadRequest } from '../connectors/connector.ts'
import type { LoadRow } from '../loads/load-store.ts'
import type { SourceLoadDetails } from './begin-source-load.ts'
import type { FullDue, SourceRow } from './source-tables.ts'

/** What a load reads of its source. An attempt that goes on must have the same plan as the one before. */
export interface SourcePlan {
  readonly mode: 'full' | 'incremental'
  /** Why everything is read of a source that is incremental. */
  readonly because: FullDue | null
  /** Version that the rows are newer than; null when it does not matter. */
  readonly base: number | null
  readonly request: Pick<ReadRequest, 'from' | 'markBy' | 'after'>
  /** Of the source's settings. */
  readonly revision: number
}

/**
 * An incremental load goes on at the watermark, as long as the entry's newest version is the one that holds all before it. A source
 * without a column as its mark gives files one after the other: it never begins again at the first unless somebody asks.
 */
export async function planLoad({ versions }: Pick<CollectionContext, 'versions'>, source: SourceRow, load: LoadRow): Promise<SourcePlan> {
  const { fully } = load.details as unknown as SourceLoadDetails // written by `beginSourceLoad`
  const newest = (await versions.findNewest(load.entry_code))?.number ?? 0
  const { mode, mark_column, watermark, base_version } = source
  const bySeenFiles = mark_column === null
  const because = mode !== 'incremental' ? null : fully ? 'asked' : source.full_due ?? (watermark === null ? 'first' : !bySeenFiles && base_version !== newest ? 'other-version' : null)
  const isFull = mode !== 'incremental' || because !== null
  const goesOn = watermark !== null && !fully && (isFull ? bySeenFiles && because === null : true)
  return {
    mode: isFull ? 'full' : 'incremental', because, revision: source.revision, base: isFull || bySeenFiles ? null : newest,
    request: { from: source.read_from, ...(mark_column === null || mode !== 'incremental' ? {} : { markBy: mark_column }), ...(goesOn ? { after: watermark } : {}) },
  }
}
