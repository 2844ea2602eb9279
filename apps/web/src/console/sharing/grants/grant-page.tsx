import { operations, type Application, type Grant } from '@datong/contracts'
import { Alert } from 'antd'
import { Link, useParams } from 'react-router'
import { useApi } from '../../../shared/api/hooks.ts'
import { useSession } from '../../../shared/api/session.tsx'
import { useFormat, useName } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { FieldTable } from '../../../shared/ui/field-table.tsx'
import { Figure } from '../../../shared/ui/figure.tsx'
import { LinkButton } from '../../../shared/ui/link-button.tsx'
import { PageHeader, Panel } from '../../../shared/ui/page-header.tsx'
import { GrantStateChip } from '../../../shared/ui/state-chip.tsx'
import { Loaded } from '../../../shared/ui/states.tsx'
import { UsageChart } from '../../delivery/usage-chart.tsx'
import { ApplicationActions } from '../actions/application-actions.tsx'
import { Evaluations } from '../application/outcome.tsx'
import { EvaluationMark } from './evaluation-mark.tsx'
import '../application/application.css'
import '../sharing.css'

/** One grant: which fields, masked how, how much, how long and how it is used; how to call stands in the workbench. */
export function GrantPage() {
  const { id = '' } = useParams()
  const grant = useApi(operations.getGrant, { params: { id } })
  return <Loaded of={grant} rows={8}>{(data) => <GrantView grant={data} />}</Loaded>
}

function GrantView({ grant }: { readonly grant: Grant }) {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const { can, user, has } = useSession()
  const application = useApi(operations.getApplication, { params: { id: grant.applicationId } })
  const mine = can(operations.apply) && (has('developer') || grant.consumer.code === user?.organisation?.code)
  return (
    <>
      <PageHeader
        back={{ to: '/console/sharing/grants', text: t('sharing.grants') }}
        title={t('sharing.grantTitle', { entry: grant.entryTitle, consumer: name(grant.consumer) })}
        chips={<><GrantStateChip state={grant.state} /><EvaluationMark grant={grant} /></>}
        facts={
          <>
            <span className="dt-mono">{grant.number}</span>
            <span>{name(grant.provider)} → {name(grant.consumer)}</span>
            {grant.gives !== 'rows' && <span>{t(`sharing.delivery.${grant.gives}`)}</span>}
            <span>{t('sharing.untilDate', { date: grant.until })}</span>
            <span>{grant.versionRule.kind === 'fixed' ? t('sharing.versionFixed', { version: grant.versionRule.version }) : t('sharing.versionCurrent')}</span>
            <Link to={`/console/sharing/applications/${grant.applicationId}`}>{t('sharing.openApplication')}</Link>
            <Link to={`/console/catalog/${grant.entryCode}`}>{t('sharing.openEntry')}</Link>
          </>
        }
        actions={
          <>
            {mine && grant.state === 'active' && <LinkButton type="primary" to={`/console/delivery/grants/${grant.id}`}>{t('workbench.open')}</LinkButton>}
            {mine && (grant.state === 'active' || grant.state === 'suspended') && <LinkButton to={`/console/sharing/apply/${grant.entryCode}?changes=${grant.id}`}>{t('sharing.change')}</LinkButton>}
            {mine && (grant.state === 'active' || grant.state === 'expired') && <LinkButton to={`/console/sharing/apply/${grant.entryCode}?renews=${grant.id}`}>{t('sharing.renew')}</LinkButton>}
            {application.data && <ApplicationActions application={application.data} />}
          </>
        }
      />
      <div className="dt-figures">
        <Figure label={t('sharing.column.callsToday')} value={t('sharing.ofQuota', { calls: format.large(grant.callsToday), quota: format.large(grant.quota.perDay) })} tone={grant.callsToday >= grant.quota.perDay ? 'cinnabar' : undefined} />
        <Figure label={t('sharing.form.perSecond')} value={format.number(grant.quota.perSecond)} />
        <Figure label={t('sharing.column.callsTotal')} value={format.large(grant.callsTotal)} />
        <Figure label={t('sharing.column.rowsTotal')} value={format.large(grant.rowsTotal)} />
        <Figure label={t('sharing.column.lastUsed')} value={grant.lastUsedAt ? format.ago(grant.lastUsedAt, new Date()) : t('sharing.neverUsed')} />
      </div>
      {grant.revokedFor && <Alert type="info" showIcon className="dt-grant-note" title={`${t('sharing.ground')}：${t(`sharing.ground.${grant.revokedFor}`)}`} />}
      {grant.replacedBy && <Alert type="info" showIcon className="dt-grant-note" title={<Link to={`/console/sharing/grants/${grant.replacedBy}`}>{t('sharing.replacedBy')}</Link>} />}
      {mine && application.data && <Owed application={application.data} grant={grant} />}
      <Panel title={t('sharing.grantedFields', { count: grant.fields.length })} flush><FieldTable fields={grant.fields} /></Panel>
      {grant.filter.length > 0 && (
        <Panel title={t('sharing.form.filter')}>{grant.filter.map((item) => `${item.field} ${t(`common.op.${item.op}`)} ${String(item.value)}`).join(t('shell.and'))}</Panel>
      )}
      {application.data && <Evaluations application={application.data} />}
      {can(operations.usage) && <UsageChart query={{ grantId: grant.id, days: 30 }} title={t('sharing.usage30')} />}
    </>
  )
}

/** What the consumer owes: the evaluation without which a renewal waits. */
function Owed({ application, grant }: { readonly application: Application; readonly grant: Grant }) {
  const { t } = useT()
  const format = useFormat()
  const overdue = grant.evaluationDueAt !== null && new Date(grant.evaluationDueAt) < new Date()
  if (!overdue || !application.allowedActions.includes('evaluate')) return null
  return <Alert type="warning" showIcon className="dt-grant-note" title={t('sharing.evaluationOverdue', { date: format.date(grant.evaluationDueAt ?? '') })} description={t('sharing.evaluationOverdueHint')} action={<ApplicationActions application={application} only={['evaluate']} />} />
}
