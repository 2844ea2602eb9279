import { operations } from '@datong/contracts'
import { Tabs } from 'antd'
import { Outlet, useLocation, useNavigate } from 'react-router'
import { useSession } from '../../shared/api/session.tsx'
import { useT } from '../../shared/i18n/use-t.ts'
import { PageHeader } from '../../shared/ui/page-header.tsx'

/** Accounts, departments and regions. */
export function SettingsFrame() {
  const { t } = useT()
  const { can } = useSession()
  const { pathname } = useLocation()
  const navigate = useNavigate()
  const tabs = [
    ...(can(operations.listUsers) ? [{ key: '/console/settings', label: t('settings.users') }] : []),
    { key: '/console/settings/organisations', label: t('settings.organisations') },
  ]
  return (
    <>
      <PageHeader title={t('shell.nav.settings')} />
      <Tabs activeKey={pathname.replace(/\/$/, '')} items={tabs} onChange={(key) => void navigate(key)} />
      <Outlet />
    </>
  )
}
