import { operations } from '@datong/contracts'
import { Outlet, useLocation, useNavigate } from 'react-router'
import { useApi } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Figure } from '../../shared/ui/figure.tsx'
import { PageHeader } from '../../shared/ui/page-header.tsx'
import { SectionTabs } from '../../shared/ui/section-tabs.tsx'

/** Head of the lists of sharing: applications, the board of clocks, grants, evaluations, and one's own systems with their keys. */
export function SharingFrame() {
  const { t } = useT()
  const format = useFormat()
  const { can } = useSession()
  const { pathname } = useLocation()
  const navigate = useNavigate()
  const summary = useApi(operations.sharingSummary)
  const tabs = [
    { key: '/console/sharing', label: t('sharing.applications') },
    ...(can(operations.sharingBoard) ? [{ key: '/console/sharing/board', label: t('board.title') }] : []),
    { key: '/console/sharing/grants', label: t('sharing.grants') },
    { key: '/console/sharing/evaluations', label: t('sharing.evaluations') },
    ...(can(operations.listApps) ? [{ key: '/console/sharing/apps', label: t('sharing.apps') }] : []),
  ]
  return (
    <>
      <PageHeader title={t('shell.nav.sharing')} />
      {summary.data && (
        <div className="dt-figures">
          <Figure label={t('sharing.figure.open')} value={format.number(summary.data.open)} to="/console/sharing?state=submitted" />
          <Figure label={t('sharing.figure.dueSoon')} value={format.number(summary.data.dueSoon)} tone={summary.data.dueSoon > 0 ? 'gamboge' : undefined} to="/console/sharing?sort=dueAt&state=submitted" />
          <Figure label={t('sharing.figure.late')} value={format.number(summary.data.late)} tone={summary.data.late > 0 ? 'cinnabar' : undefined} to="/console/sharing?late=true" />
          <Figure label={t('sharing.figure.grants')} value={format.number(summary.data.activeGrants)} to="/console/sharing/grants?state=active" />
          {summary.data.medianAnswerWorkingDays !== null && (
            <Figure label={t('sharing.figure.median')} value={t('sharing.workingDays', { count: summary.data.medianAnswerWorkingDays })} />
          )}
        </div>
      )}
      <SectionTabs label={t('shell.nav.sharing')} value={pathname.replace(/\/$/, '')} items={tabs} onChange={(key) => void navigate(key)} />
      <Outlet />
    </>
  )
}
