import { operations } from '@datong/contracts'
import { Link } from 'react-router'
import { useSession } from '../../shared/api/session.tsx'
import { usePages } from '../../shared/api/use-pages.ts'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { TicketStateChip } from '../../shared/tickets/ticket-chips.tsx'
import { LinkButton } from '../../shared/ui/link-button.tsx'
import { Pager } from '../../shared/ui/pager.tsx'
import { Empty, Loaded } from '../../shared/ui/states.tsx'
import { usePageTitle } from '../frame/use-page-title.ts'
import { InChinese } from '../parts/entry-title.tsx'
import './reports.css'

/** 我的纠错: errors that this person reported, and what became of them. */
export function ReportsPage() {
  const { t } = useT()
  const name = useName()
  const format = useFormat()
  const { user, state } = useSession()
  const pages = usePages(operations.listReports, { enabled: user !== null })
  usePageTitle(t('tickets.reports'))
  if (state !== 'loading' && !user) {
    return <Empty page title={t('tickets.signInForReports')} hint={t('tickets.signInForReportsHint')} action={<LinkButton type="primary" to="/console/login?next=%2Freports">{t('portal.nav.signIn')}</LinkButton>} />
  }
  return (
    <>
      <h1 className="dtp-h1">{t('tickets.reports')}</h1>
      <p className="dt-secondary">{t('tickets.reportsIntro')}</p>
      <Loaded of={{ ...pages.answer, isPending: pages.answer.data === undefined }} rows={6}>
        {({ items }) => items.length === 0 ? <Empty title={t('tickets.noReports')} hint={t('tickets.noReportsHint')} /> : (
          <>
            <ul className="dtp-reports">
              {items.map((one) => (
                <li key={one.id}>
                  <div>
                    <h2><Link to={`/reports/${one.id}`}><InChinese>{one.entry.title}</InChinese>{one.field && <> · <InChinese>{one.field}</InChinese></>}</Link></h2>
                    <p className="dt-prewrap"><InChinese>{one.description}</InChinese></p>
                    <p className="dt-secondary"><span className="dt-mono">{one.number}</span> · {format.date(one.reportedAt)} · {name(one.department)}</p>
                  </div>
                  <TicketStateChip state={one.state} />
                </li>
              ))}
            </ul>
            <Pager index={pages.index} size={pages.size} count={items.length} total={undefined} onPrevious={pages.onPrevious} onNext={pages.onNext} />
          </>
        )}
      </Loaded>
    </>
  )
}
