import { MenuOutlined, SearchOutlined } from '@ant-design/icons'
import { Button, Drawer, Skeleton } from 'antd'
import { Suspense, useEffect, useState } from 'react'
import { Link, Navigate, NavLink, Outlet, useLocation } from 'react-router'
import { useSession } from '../../shared/api/session.tsx'
import { CartLink } from '../../shared/cart/cart-link.tsx'
import { useT } from '../../shared/i18n/use-t.ts'
import { Brand } from '../../shared/ui/brand.tsx'
import { LanguageSwitch } from '../../shared/ui/language-switch.tsx'
import { ErrorState } from '../../shared/ui/states.tsx'
import { TaskTray } from '../../shared/ui/task-tray.tsx'
import { useNarrow } from '../../shared/ui/use-narrow.ts'
import '../../shared/ui/page.css'
import { AccountMenu } from './account-menu.tsx'
import { usable } from './nav.ts'
import { NoticeBell } from './notice-bell.tsx'
import { Palette } from './palette.tsx'
import './layout.css'

/** Frame of the console: navigation along the way of the data, finding, tasks, account. */
export function ConsoleLayout() {
  const { t } = useT()
  const { user, state, error, can, retry } = useSession()
  const location = useLocation()
  const narrow = useNarrow()
  const [menuOpen, setMenuOpen] = useState(false)
  const [finding, setFinding] = useState(false)

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        setFinding(true)
      }
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])

  if (state === 'loading') return <div className="dt-console-wait"><Skeleton active /></div>
  if (state === 'failed') return <div className="dt-console-wait"><ErrorState error={error} onRetry={retry} /></div>
  if (!user) return <Navigate to={`/console/login?next=${encodeURIComponent(location.pathname + location.search)}`} replace />

  const navigation = (
    <nav className="dt-nav" aria-label={t('shell.navigation')}>
      {usable(can).map(({ to, text, icon: Icon }) => (
        <NavLink key={to} to={to} end={to === '/console'} onClick={() => setMenuOpen(false)}>
          <Icon /> {t(text)}
        </NavLink>
      ))}
      <p className="dt-nav-zone dt-secondary">{t('shell.timeZone')}</p>
    </nav>
  )

  return (
    <div className="dt-console">
      <a className="dt-skip" href="#main">{t('shell.skip')}</a>
      <header className="dt-console-head">
        {narrow && <Button type="text" icon={<MenuOutlined />} aria-label={t('shell.menu')} onClick={() => setMenuOpen(true)} />}
        <Link to="/console" className="dt-console-brand"><Brand /></Link>
        <Button className="dt-find" icon={<SearchOutlined />} aria-label={t('shell.find')} onClick={() => setFinding(true)}>
          {!narrow && <><span className="dt-find-words">{t('shell.findHint')}</span><kbd>Ctrl K</kbd></>}
        </Button>
        <div className="dt-console-tools">
          <CartLink />
          <TaskTray />
          <NoticeBell />
          <LanguageSwitch />
          <AccountMenu />
        </div>
      </header>
      {narrow
        ? <Drawer open={menuOpen} onClose={() => setMenuOpen(false)} placement="left" size={248} title={<Brand />} styles={{ body: { padding: 8 } }}>{navigation}</Drawer>
        : <aside className="dt-console-side">{navigation}</aside>}
      <main id="main" tabIndex={-1} className="dt-console-main">
        <Suspense fallback={<Skeleton active />}><Outlet /></Suspense>
      </main>
      <Palette open={finding} onClose={() => setFinding(false)} />
    </div>
  )
}
