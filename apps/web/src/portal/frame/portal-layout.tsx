import { Outlet, ScrollRestoration } from 'react-router'
import { Face } from '../../app/face.tsx'
import { useT } from '../../shared/i18n/use-t.ts'
import { PortalFooter } from './portal-footer.tsx'
import { PortalHeader } from './portal-header.tsx'
import './portal.css'

/** Frame of the public pages: name of the site, ways through it, what it rests on. */
export function PortalLayout() {
  const { t } = useT()
  return (
    <Face fontSize={16}>
      <div className="dtp">
        <a className="dt-skip" href="#main">{t('shell.skip')}</a>
        <PortalHeader />
        <main id="main" tabIndex={-1} className="dtp-main">
          <Outlet />
        </main>
        <PortalFooter />
      </div>
      <ScrollRestoration />
    </Face>
  )
}
