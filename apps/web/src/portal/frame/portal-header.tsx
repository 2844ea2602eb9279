import { Link, NavLink } from 'react-router'
import { useSession } from '../../shared/api/session.tsx'
import { CartLink } from '../../shared/cart/cart-link.tsx'
import { useT } from '../../shared/i18n/use-t.ts'
import { LanguageSwitch } from '../../shared/ui/language-switch.tsx'
import { SiteMark } from './site-mark.tsx'
import { useSiteName } from './use-site-name.ts'

/** Name of the site and the ways through it. */
export function PortalHeader() {
  const { t } = useT()
  const { user } = useSession()
  const { site, known } = useSiteName()
  return (
    <header className="dtp-head">
      <div className="dtp-head-inner">
        <Link className="dtp-name" to="/">
          <SiteMark />
          <span style={{ visibility: known ? 'visible' : 'hidden' }}>{site}</span>
        </Link>
        <nav className="dtp-nav" aria-label={t('shell.navigation')}>
          <NavLink to="/datasets">{t('portal.nav.datasets')}</NavLink>
          <NavLink to="/demands">{t('lists.board')}</NavLink>
          <NavLink to="/departments">{t('portal.nav.departments')}</NavLink>
          <a href="/docs/api">{t('portal.nav.api')}</a>
          {user && <NavLink to="/following">{t('following.title')}</NavLink>}
        </nav>
        <div className="dtp-head-end">
          <CartLink />
          <LanguageSwitch />
          <Link className="dtp-signin" to={user ? '/console' : '/console/login'}>{user ? t('portal.nav.console') : t('portal.nav.signIn')}</Link>
        </div>
      </div>
    </header>
  )
}
