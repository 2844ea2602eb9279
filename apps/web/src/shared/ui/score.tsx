import { useT } from '../i18n/use-t.ts'
import './chips.css'

/** A judgement from 1 to 5 as stars with its figure. */
export function Score({ value }: { readonly value: number }) {
  const { t } = useT()
  const full = Math.max(0, Math.min(5, Math.round(value)))
  return (
    <span className="dt-nowrap">
      <span className="dt-stars" role="img" aria-label={t('common.starsOf', { count: full })}>{'★'.repeat(full)}<span className="dt-stars-empty">{'★'.repeat(5 - full)}</span></span> {value}
    </span>
  )
}
