import { operations } from '@datong/contracts'
import { Outlet, useLocation, useNavigate } from 'react-router'
import { useSession } from '../../shared/api/session.tsx'
import { useT } from '../../shared/i18n/use-t.ts'
import { PageHeader } from '../../shared/ui/page-header.tsx'
import { SectionTabs } from '../../shared/ui/section-tabs.tsx'

const BASE = '/console/quality'

/** Head of what is said of the data: how good they are, by which rules, and who mends what. */
export function QualityFrame() {
  const { t } = useT()
  const { can } = useSession()
  const { pathname } = useLocation()
  const navigate = useNavigate()
  const tabs = [
    { key: BASE, label: t('quality.tab.overview') },
    ...(can(operations.listQualityRules) ? [{ key: `${BASE}/rules`, label: t('checks.rules') }] : []),
    ...(can(operations.listTickets) ? [{ key: `${BASE}/tickets`, label: t('tickets.tab') }] : []),
    ...(can(operations.traceCell) ? [{ key: `${BASE}/trace`, label: t('tickets.traceTab') }] : []),
  ]
  return (
    <>
      <PageHeader title={t('shell.nav.quality')} facts={<span>{t('quality.intro')}</span>} />
      <SectionTabs label={t('shell.nav.quality')} value={pathname.replace(/\/$/, '')} items={tabs} onChange={(key) => void navigate(key)} />
      <Outlet />
    </>
  )
}
