import { operations } from '@datong/contracts'
import { Tabs } from 'antd'
import { Outlet, useLocation, useNavigate } from 'react-router'
import { useSession } from '../../../shared/api/session.tsx'
import { useT } from '../../../shared/i18n/use-t.ts'
import { PageHeader } from '../../../shared/ui/page-header.tsx'

const BASE = '/console/calls'

/** Head of what is called: figures of use, and derived interfaces. */
export function CallsFrame() {
  const { t } = useT()
  const { can } = useSession()
  const { pathname } = useLocation()
  const navigate = useNavigate()
  const tabs = [{ key: BASE, label: t('delivery.use') }, ...(can(operations.listDerived) ? [{ key: `${BASE}/derived`, label: t('derived.title') }] : [])]
  return (
    <>
      <PageHeader title={t('delivery.title')} />
      {tabs.length > 1 && <Tabs activeKey={pathname.replace(/\/$/, '')} items={tabs} onChange={(key) => void navigate(key)} />}
      <Outlet />
    </>
  )
}
