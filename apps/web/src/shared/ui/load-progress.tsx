import type { Load } from '@datong/contracts'
import { Progress } from 'antd'
import { useFormat } from '../i18n/use-format.ts'
import { useT } from '../i18n/use-t.ts'
import { palette } from '../theme.ts'

type Shown = Pick<Load, 'state' | 'progress' | 'rowsRead' | 'rowsStored' | 'rowsRejected'>

/** How far a load is, in words and as a bar; the rows that were read so far beside it. */
export function LoadProgress({ load }: { readonly load: Shown }) {
  const { t } = useT()
  const format = useFormat()
  const rows = load.state === 'done'
    ? t('common.loadDone', { stored: format.number(load.rowsStored), rejected: format.number(load.rowsRejected) })
    : load.rowsRead > 0
      ? t('common.loadRead', { rows: format.number(load.rowsRead) })
      : ''
  return (
    <div className="dt-load-progress">
      <Progress
        percent={Math.round(load.progress * 100)}
        size="small"
        status={load.state === 'failed' ? 'exception' : load.state === 'done' ? 'success' : 'normal'}
        strokeColor={load.state === 'failed' ? palette.cinnabar : load.state === 'done' ? palette.jade : palette.primary}
        aria-label={t('common.progress')}
      />
      <span className="dt-secondary">{[t(`common.loadState.${load.state}`), rows].filter(Boolean).join(' · ')}</span>
    </div>
  )
}
