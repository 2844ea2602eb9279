import type { Source } from '@datong/contracts'
import { Link } from 'react-router'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { LoadStateChip } from '../../../shared/ui/state-chip.tsx'

/** How the last load of a source went, and when. */
export function LastLoad({ source: { lastLoad, failuresInRow } }: { readonly source: Source }) {
  const { t } = useT()
  const format = useFormat()
  if (lastLoad === null) return <span className="dt-secondary">{t('sources.never')}</span>
  return (
    <span>
      <span className="dt-nowrap"><LoadStateChip state={lastLoad.state} /> <Link to={`/console/collection/loads/${lastLoad.id}`}>{format.dateTime(lastLoad.at)}</Link></span>
      {lastLoad.errorCode !== null && <div className="dt-secondary dt-cell-sub">{t.maybe('errors.', lastLoad.errorCode)}{failuresInRow > 1 && ` · ${t('sources.failuresInRow', { count: failuresInRow })}`}</div>}
    </span>
  )
}

/** Whether something moves that the page should follow. */
export const isMoving = (source: Source | undefined): boolean => {
  const state = source?.lastLoad?.state
  return state !== undefined && state !== 'done' && state !== 'failed' && state !== 'held' && state !== 'paused'
}
