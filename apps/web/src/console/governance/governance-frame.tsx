import { operations } from '@datong/contracts'
import { Outlet, useLocation, useNavigate } from 'react-router'
import { useSession } from '../../shared/api/session.tsx'
import { useT } from '../../shared/i18n/use-t.ts'
import { PageHeader } from '../../shared/ui/page-header.tsx'
import { SectionTabs } from '../../shared/ui/section-tabs.tsx'

const BASE = '/console/governance'

/** Head of what sharing is steered by: credit, sleeping data, rules, purposes, duties, limits. */
export function GovernanceFrame() {
  const { t } = useT()
  const { can } = useSession()
  const { pathname } = useLocation()
  const navigate = useNavigate()
  const tabs = [
    ...(can(operations.listCredit) ? [{ key: BASE, label: t('governance.credit') }] : []),
    ...(can(operations.listSleeping) ? [{ key: `${BASE}/sleeping`, label: t('governance.sleeping') }] : []),
    ...(can(operations.listRules) ? [{ key: `${BASE}/rules`, label: t('rules.title') }] : []),
    { key: `${BASE}/purposes`, label: t('purposes.title') },
    ...(can(operations.listDuties) ? [{ key: `${BASE}/duties`, label: t('purposes.duties') }] : []),
    { key: `${BASE}/calendar`, label: t('clocks.calendar') },
    ...(can(operations.listSharingSettings) ? [{ key: `${BASE}/limits`, label: t('board.limits') }] : []),
  ]
  return (
    <>
      <PageHeader title={t('shell.nav.governance')} />
      <SectionTabs label={t('shell.nav.governance')} value={pathname.replace(/\/$/, '')} items={tabs} onChange={(key) => void navigate(key)} />
      <Outlet />
    </>
  )
}
