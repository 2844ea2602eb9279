import { Link, Outlet } from 'react-router'
import { Face } from '../app/face.tsx'
import { useT } from '../shared/i18n/use-t.ts'
import { LanguageSwitch } from '../shared/ui/language-switch.tsx'
import './portal.css'

/** Frame of the public pages: name of the site, language, the way to the console. */
export function PortalLayout() {
  const { t } = useT()
  return (
    <Face fontSize={16}>
      <a className="dt-skip" href="#main">{t('shell.skip')}</a>
      <header className="dt-portal-head">
        <Link className="dt-portal-name" to="/">{t('portal.site')}</Link>
        <nav aria-label={t('shell.navigation')}>
          <Link to="/console">{t('portal.toConsole')}</Link>
          <LanguageSwitch />
        </nav>
      </header>
      <main id="main" tabIndex={-1} className="dt-portal-main">
        <Outlet />
      </main>
    </Face>
  )
}
