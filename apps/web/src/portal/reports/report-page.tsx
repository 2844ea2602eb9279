import { operations, ProblemError, type Report, type ReportAction } from '@datong/contracts'
import { App, Button, Form, Input, Skeleton } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { useAction, useApi } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { TicketStateChip } from '../../shared/tickets/ticket-chips.tsx'
import { ActionDialog } from '../../shared/ui/action-dialog.tsx'
import { Clock } from '../../shared/ui/clock.tsx'
import { ErrorState } from '../../shared/ui/states.tsx'
import { usePageTitle } from '../frame/use-page-title.ts'
import { InChinese } from '../parts/entry-title.tsx'
import { NotHere } from '../parts/not-here.tsx'
import './reports.css'

/** What became of an error that somebody reported, for who reported it. */
export function ReportPage() {
  const { id = '' } = useParams()
  const { t } = useT()
  const report = useApi(operations.getReport, { params: { id } })
  usePageTitle(report.data ? t('tickets.reportNumber', { number: report.data.number }) : t('tickets.reports'))
  if (report.data) return <ReportView key={id} report={report.data} />
  if (report.error instanceof ProblemError && [404, 422].includes(report.error.problem.status)) return <NotHere title={t('tickets.noReport')} hint={t('tickets.noReportHint')} />
  if (report.error) return <ErrorState error={report.error} onRetry={() => void report.refetch()} />
  return <Skeleton active paragraph={{ rows: 6 }} />
}

function ReportView({ report }: { readonly report: Report }) {
  const { t } = useT()
  const name = useName()
  const format = useFormat()
  const { user } = useSession()
  const [asked, setAsked] = useState<ReportAction | null>(null)
  return (
    <article className="dtp-report">
      <p>{user ? <Link to="/reports">← {t('tickets.reports')}</Link> : <Link to={`/datasets/${report.entry.code}`}>← <InChinese>{report.entry.title}</InChinese></Link>}</p>
      <h1 className="dtp-h1">{t('tickets.reportNumber', { number: report.number })}</h1>
      <div className="dt-chips"><TicketStateChip state={report.state} /><span>{name(report.department)}</span></div>
      <p><Link to={`/datasets/${report.entry.code}`}><InChinese>{report.entry.title}</InChinese></Link>{report.field && <> · <InChinese>{report.field}</InChinese></>}</p>
      {report.description && <p className="dt-prewrap dtp-report-text"><InChinese>{report.description}</InChinese></p>}
      {report.clock && <Clock clock={report.clock} size="large" />}
      {report.answer && <div className="dtp-report-answer"><strong>{name(report.department)}</strong><p className="dt-prewrap"><InChinese>{report.answer}</InChinese></p></div>}
      {report.allowedActions.length > 0 && <div className="dt-chips">{report.allowedActions.map((action) => <Button key={action} type={action === 'confirm' ? 'primary' : 'default'} danger={action === 'withdraw'} onClick={() => setAsked(action)}>{t(`tickets.action.${action}`)}</Button>)}</div>}
      <h2>{t('tickets.course')}</h2>
      <ol className="dtp-report-course">
        {report.history.map((item, index) => (
          <li key={index}>
            <time dateTime={item.at}>{format.dateTime(item.at)}</time> <strong>{t.maybe('common.action.', item.action)}</strong>
            {item.by && <span className="dt-secondary"> · <InChinese>{item.by}</InChinese></span>}
            {item.reason && <p className="dt-prewrap"><InChinese>{item.reason}</InChinese></p>}
          </li>
        ))}
      </ol>
      {asked && <StepDialog report={report} action={asked} onClose={() => setAsked(null)} />}
    </article>
  )
}

function StepDialog({ report, action, onClose }: { readonly report: Report; readonly action: ReportAction; readonly onClose: () => void }) {
  const { t } = useT()
  const { message } = App.useApp()
  const act = useAction(operations.actOnReport)
  return (
    <ActionDialog<{ reason?: string }>
      open title={t(`tickets.action.${action}`)} intro={t(`tickets.intro.${action}.report`)} submit={t(`tickets.action.${action}`)} danger={action === 'withdraw'} onClose={onClose}
      onSubmit={async ({ reason }) => {
        await act.mutateAsync({ params: { id: report.id, action }, body: reason?.trim() ? { reason: reason.trim() } : {} })
        void message.success(t('catalog.saved'))
      }}
    >
      <Form.Item name="reason" label={t('common.reason')} rules={action === 'dispute' ? [{ required: true, whitespace: true, message: t('common.required') }] : []}><Input.TextArea rows={3} maxLength={1000} autoFocus /></Form.Item>
    </ActionDialog>
  )
}
