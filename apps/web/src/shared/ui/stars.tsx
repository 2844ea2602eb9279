import { Tooltip } from 'antd'
import { useFormat } from '../i18n/use-format.ts'
import { useT } from '../i18n/use-t.ts'

interface StarsProps {
  readonly stars: number | null
  /** Overall figure, 0 to 1, where it is known. */
  readonly overall?: number
  /** When it was measured, RFC 3339. */
  readonly at?: string | null
}

/** Quality as one to five stars, with the figure and its date on hover and focus. */
export function Stars({ stars, overall, at }: StarsProps) {
  const { t } = useT()
  const format = useFormat()
  if (stars === null) return <span className="dt-stars-none">{t('common.starsNone')}</span>
  const words = [
    t('common.starsOf', { count: stars }),
    ...(overall === undefined ? [] : [format.percent(overall)]),
    ...(at ? [format.date(at)] : []),
  ].join(' · ')
  return (
    <Tooltip title={words}>
      <span className="dt-stars" tabIndex={0} role="img" aria-label={words}>
        {'★'.repeat(stars)}
        <span className="dt-stars-empty">{'★'.repeat(5 - stars)}</span>
      </span>
    </Tooltip>
  )
}
