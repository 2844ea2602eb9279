import type { Load } from '@datong/contracts'
import { Progress } from 'antd'
import { useFormat } from '../i18n/use-format.ts'
import type { Format } from '../i18n/format.ts'
import { type Translate, useT } from '../i18n/use-t.ts'
import { palette } from '../theme.ts'

type Shown = Pick<Load, 'state' | 'progress' | 'rowsRead' | 'rowsStored' | 'rowsRejected' | 'rowsPerSecond' | 'remainingSeconds'>

/** Rows a second, and how long the rest of the reading will take. */
function paceOf({ rowsPerSecond, remainingSeconds }: Shown, t: Translate, format: Format): string[] {
  if (rowsPerSecond === null || rowsPerSecond < 1) return []
  const pace = t('common.pace', { count: Math.round(rowsPerSecond), figure: format.number(Math.round(rowsPerSecond)) })
  return remainingSeconds === null || remainingSeconds < 5 ? [pace] : [pace, t('common.remaining', { time: format.duration(remainingSeconds) })]
}

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
      <span className="dt-secondary">{[t(`common.loadState.${load.state}`), rows, ...paceOf(load, t, format)].filter(Boolean).join(' · ')}</span>
    </div>
  )
}
