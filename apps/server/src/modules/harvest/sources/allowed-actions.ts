import type { HarvestAction } from '@datong/contracts'
import type { RunRow, SourceRow } from '../tables.ts'

/** What may be done with a source now. */
export function allowedActions(source: Pick<SourceRow, 'state'>, run: Pick<RunRow, 'state' | 'position'> | undefined): HarvestAction[] {
  if (source.state === 'removed') return []
  const runs = run?.state === 'queued' || run?.state === 'running'
  const broke = (run?.state === 'failed' || run?.state === 'stopped') && run.position !== null
  return [
    ...(runs ? ['stop'] as const : ['run', 'run-fully'] as const),
    ...(broke ? ['resume'] as const : []),
    ...(run?.state === 'held' ? ['accept'] as const : []),
    source.state === 'active' ? 'pause' : 'activate',
    ...(runs ? [] : ['remove'] as const),
  ]
}
