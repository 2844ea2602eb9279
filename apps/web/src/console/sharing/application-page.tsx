import { operations, type Application } from '@datong/contracts'
import { Link, useParams } from 'react-router'
import { useApi } from '../../shared/api/hooks.ts'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Clock } from '../../shared/ui/clock.tsx'
import { FieldTable } from '../../shared/ui/field-table.tsx'
import { PageHeader, Panel } from '../../shared/ui/page-header.tsx'
import { ApplicationStateChip } from '../../shared/ui/state-chip.tsx'
import { Loaded } from '../../shared/ui/states.tsx'
import { Timeline } from '../../shared/ui/timeline.tsx'
import { ApplicationActions } from './application-actions.tsx'

/** One application: who asks whom for which fields, what for, how long is left, what happened. */
export function ApplicationPage() {
  const { id = '' } = useParams()
  const application = useApi(operations.getApplication, { params: { id } })
  return <Loaded of={application} rows={8}>{(data) => <ApplicationView application={data} />}</Loaded>
}

function ApplicationView({ application }: { readonly application: Application }) {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const sensitive = application.fields.filter((field) => field.grade === 'secret' || field.grade === 'top-secret').length
  return (
    <>
      <PageHeader
        back={{ to: '/console/sharing', text: t('sharing.applications') }}
        title={t('sharing.applicationTitle', { entry: application.entryTitle, consumer: name(application.consumer) })}
        chips={<ApplicationStateChip state={application.state} />}
        facts={
          <>
            <span className="dt-mono">{application.number}</span>
            <span>{name(application.provider)} → {name(application.consumer)}</span>
            <span>{t('sharing.applicant', { name: application.applicant })}</span>
            <span>{t('sharing.submitted', { date: format.dateTime(application.submittedAt) })}</span>
          </>
        }
        actions={<ApplicationActions application={application} />}
      />
      <div className="dt-columns">
        <div>
          <Panel title={t('sharing.whatFor')}>
            <dl className="dt-def">
              <dt>{t('sharing.form.purpose')}</dt><dd className="dt-prewrap">{application.purpose}</dd>
              <dt>{t('sharing.form.use')}</dt><dd className="dt-prewrap">{application.use}</dd>
              <dt>{t('sharing.form.legalBasis')}</dt><dd className="dt-prewrap">{application.legalBasis || '–'}</dd>
              <dt>{t('sharing.form.delivery')}</dt><dd>{t(`sharing.delivery.${application.delivery}`)}</dd>
              <dt>{t('sharing.form.until')}</dt><dd>{application.until}</dd>
              <dt>{t('sharing.form.entry')}</dt><dd><Link to={`/console/catalog/${application.entryCode}`}>{application.entryTitle}</Link></dd>
              {application.filter.length > 0 && <><dt>{t('sharing.form.filter')}</dt><dd>{application.filter.map((item) => `${item.field} ${t(`common.op.${item.op}`)} ${String(item.value)}`).join(t('shell.and'))}</dd></>}
              {application.grantId && <><dt>{t('sharing.column.grant')}</dt><dd><Link to={`/console/sharing/grants/${application.grantId}`}>{t('sharing.openGrant')}</Link></dd></>}
            </dl>
          </Panel>
          <Panel title={t('sharing.askedFields', { count: application.fields.length })} extra={sensitive > 0 && <span className="dt-warn">{t('sharing.sensitiveFields', { count: sensitive })}</span>} flush>
            <FieldTable fields={application.fields} />
          </Panel>
        </div>
        <aside>
          <Panel title={t('sharing.clockTitle')}><Clock clock={application.clock} size="large" /></Panel>
          <Panel title={t('sharing.history')}><Timeline items={application.history} /></Panel>
        </aside>
      </div>
    </>
  )
}
