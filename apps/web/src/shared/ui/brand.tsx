import { useT } from '../i18n/use-t.ts'
import './brand.css'

/** Mark and name of the platform. */
export function Brand() {
  const { t } = useT()
  return (
    <span className="dt-brand">
      <svg width="26" height="26" viewBox="0 0 32 32" aria-hidden>
        <rect width="32" height="32" rx="4" fill="currentColor" />
        <path d="M8 9h16M8 16h16M8 23h10" stroke="var(--dt-card)" strokeWidth="3" strokeLinecap="round" />
        <circle cx="24" cy="23" r="2.4" fill="var(--dt-card)" />
      </svg>
      <span className="dt-brand-name">{t('common.product')}</span>
    </span>
  )
}
