import { operations } from '@datong/contracts'
import { useSession } from '../../shared/api/session.tsx'
import { useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { PageHeader } from '../../shared/ui/page-header.tsx'
import { UsageChart } from '../delivery/usage-chart.tsx'
import { LogStatus } from '../evidence/log-status.tsx'
import { Accounts } from './accounts.tsx'
import { CatalogueFigures, SharingFigures } from './figures.tsx'
import { LatestEvidence } from './latest-evidence.tsx'
import { RunningLoads } from './running-loads.tsx'
import { TodoApplications, TodoEntries } from './todo.tsx'
import './overview.css'

/** First page of the console: what waits for this person, then how things stand. */
export function OverviewPage() {
  const { t } = useT()
  const name = useName()
  const { user, can, has } = useSession()
  if (!user) return null
  return (
    <>
      <PageHeader
        title={t('overview.hello', { name: user.name })}
        facts={<>{user.organisation && <span>{name(user.organisation)}</span>}<span>{user.roles.map((role) => t(`common.role.${role}`)).join(t('shell.and'))}</span></>}
      />
      {can(operations.listApplications) && <SharingFigures />}
      <div className="dt-columns">
        <div>
          {has('provider') && <TodoApplications title={t('overview.toAnswer')} query={{ side: 'provider', state: 'submitted' }} empty={t('overview.nothingToAnswer')} />}
          {has('steward') && <TodoEntries title={t('overview.toReview')} query={{ state: 'submitted' }} empty={t('overview.nothingToReview')} />}
          {has('provider') && <TodoEntries title={t('overview.toConfirm')} query={{ state: 'draft', mine: true }} empty={t('overview.nothingToConfirm')} />}
          {(has('consumer') || has('developer')) && <TodoApplications title={t('overview.myApplications')} query={{ side: 'consumer' }} empty={t('overview.noApplications')} />}
          {(has('steward') || has('leader') || has('auditor')) && <TodoApplications title={t('overview.openApplications')} query={{ state: 'submitted' }} empty={t('overview.nothingOpen')} />}
          {can(operations.listUsers) && <Accounts />}
          {can(operations.usage) && <UsageChart query={{ days: 14 }} title={t('overview.calls14')} />}
          {has('auditor') && <LogStatus />}
        </div>
        <aside>
          {can(operations.listLoads) && <RunningLoads />}
          <CatalogueFigures />
          {can(operations.listEvidence) && <LatestEvidence />}
        </aside>
      </div>
    </>
  )
}
