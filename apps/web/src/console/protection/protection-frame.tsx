import { operations } from '@datong/contracts'
import { Outlet, useLocation, useNavigate } from 'react-router'
import { useSession } from '../../shared/api/session.tsx'
import { useT } from '../../shared/i18n/use-t.ts'
import { PageHeader } from '../../shared/ui/page-header.tsx'
import { SectionTabs } from '../../shared/ui/section-tabs.tsx'
import './protection.css'

const BASE = '/console/protection'

/** Head of what keeps data safe: masking policy, and whose a found file was. */
export function ProtectionFrame() {
  const { t } = useT()
  const { can } = useSession()
  const { pathname } = useLocation()
  const navigate = useNavigate()
  const tabs = [
    ...(can(operations.getMaskingPolicy) ? [{ key: BASE, label: t('protection.title') }] : []),
    ...(can(operations.readWatermark) ? [{ key: `${BASE}/watermark`, label: t('protection.watermark') }] : []),
  ]
  return (
    <>
      <PageHeader title={t('shell.nav.protection')} />
      {tabs.length > 1 && <SectionTabs label={t('shell.nav.protection')} value={pathname.replace(/\/$/, '')} items={tabs} onChange={(key) => void navigate(key)} />}
      <Outlet />
    </>
  )
}
