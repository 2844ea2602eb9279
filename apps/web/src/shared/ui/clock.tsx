import { PauseOutlined } from '@ant-design/icons'
import type { ClockView } from '@datong/contracts'
import { Tooltip } from 'antd'
import { useFormat } from '../i18n/use-format.ts'
import { useT } from '../i18n/use-t.ts'
import { toneOf } from './clock-tone.ts'
import './clock.css'

/** Working days left as a bar with the due date beside it; a paused clock says why. */
export function Clock({ clock, size = 'small' }: { readonly clock: ClockView; readonly size?: 'small' | 'large' }) {
  const { t } = useT()
  const format = useFormat()
  const tone = toneOf(clock)
  const share = clock.late ? 1 : Math.max(0, Math.min(1, clock.workingDaysLeft / Math.max(1, clock.workingDays)))
  const left = clock.late
    ? t('common.clockLate', { count: Math.abs(clock.workingDaysLeft) })
    : clock.state === 'stopped'
      ? t('common.clockStopped')
      : clock.state === 'paused'
        ? t('common.clockPaused')
        : clock.workingDaysLeft === 0
          ? t('common.clockToday')
          : t('common.clockLeft', { count: clock.workingDaysLeft })
  const why = [
    t(`common.clockKind.${clock.kind}`),
    t('common.clockLimit', { count: clock.workingDays, source: clock.source }),
    ...(clock.state === 'paused' ? [t('common.clockPausedWhy')] : []),
  ].join(' · ')
  return (
    <Tooltip title={size === 'small' ? why : undefined}>
      <span className={`dt-clock dt-clock-${size} dt-clock-${tone}`} tabIndex={size === 'small' ? 0 : undefined}>
        {size === 'large' && <span className="dt-clock-kind">{t(`common.clockKind.${clock.kind}`)}</span>}
        <span className="dt-clock-words">
          {clock.state === 'paused' && <PauseOutlined aria-hidden />} {left}
        </span>
        <span className="dt-clock-bar" aria-hidden>
          <span style={{ width: `${share * 100}%` }} />
        </span>
        <span className="dt-clock-due">{clock.state === 'stopped' ? '' : t('common.clockDue', { date: format.date(clock.dueAt) })}</span>
        {size === 'large' && (
          <span className="dt-clock-source">
            {t('common.clockLimit', { count: clock.workingDays, source: clock.source })}
            {clock.state === 'paused' && <> · {t('common.clockPausedWhy')}</>}
          </span>
        )}
      </span>
    </Tooltip>
  )
}
