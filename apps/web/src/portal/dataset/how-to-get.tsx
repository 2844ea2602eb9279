import type { Entry } from '@datong/contracts'
import { Link } from 'react-router'
import { useSession } from '../../shared/api/session.tsx'
import { AddToCart } from '../../shared/cart/add-to-cart.tsx'
import { useT } from '../../shared/i18n/use-t.ts'
import { LinkButton } from '../../shared/ui/link-button.tsx'

/** What one must do to get data that are not open to everyone. */
export function HowToGet({ entry }: { readonly entry: Pick<Entry, 'code' | 'title' | 'openingType' | 'allowedActions'> }) {
  const { t } = useT()
  const { user } = useSession()
  if (entry.openingType !== 'on-application') return <p className="dtp-notice">{t('portal.get.closed')}</p>
  const apply = `/console/sharing/apply/${entry.code}`
  const mayApply = entry.allowedActions.includes('apply')
  const steps = user ? (['apply', 'key'] as const) : (['sign', 'apply', 'key'] as const)
  return (
    <section className="dtp-notice" aria-labelledby="how-to-get">
      <h2 id="how-to-get">{t('portal.get.title')}</h2>
      <p>{t('portal.get.why')}</p>
      <ol className="dtp-steps">
        {steps.map((step) => (
          <li key={step}>
            <strong>{t(`portal.get.${step}`)}</strong>
            <span className="dt-secondary">{t(`portal.get.${step}Hint`)}</span>
          </li>
        ))}
      </ol>
      <div className="dtp-dataset-actions">
        {user
          ? <LinkButton type="primary" to={mayApply ? apply : `/console/catalog/${entry.code}`}>{mayApply ? t('portal.get.applyNow') : t('portal.get.openConsole')}</LinkButton>
          : <LinkButton type="primary" to={`/console/login?${new URLSearchParams({ next: apply })}`}>{t('portal.get.signInAndApply')}</LinkButton>}
        {mayApply && <AddToCart entry={entry} />}
        <Link to="/about#application">{t('portal.get.more')}</Link>
      </div>
    </section>
  )
}
