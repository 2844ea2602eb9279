import { Link } from 'react-router'
import { useT } from '../../shared/i18n/use-t.ts'
import { useBureau } from '../parts/use-organisations.ts'

/** Who stands behind the site, and where to read more. */
export function PortalFooter() {
  const { t } = useT()
  const bureau = useBureau()
  return (
    <footer className="dtp-foot">
      <div className="dtp-foot-inner">
        <nav aria-label={t('portal.footer')}>
          <Link to="/about">{t('portal.about.title')}</Link>
          <Link to="/about#licence">{t('portal.about.licence')}</Link>
          <Link to="/about#verify">{t('portal.about.verify')}</Link>
          <a href="/docs/api">{t('portal.nav.api')}</a>
        </nav>
        <p>{bureau ? t('portal.footerBy', { bureau }) : t('portal.footerProduct')}</p>
      </div>
    </footer>
  )
}
