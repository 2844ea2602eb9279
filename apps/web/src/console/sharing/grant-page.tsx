import { operations, type Grant } from '@datong/contracts'
import { Tabs } from 'antd'
import { Link, useParams } from 'react-router'
import { useApi } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { CopyButton } from '../../shared/ui/copy-button.tsx'
import { FieldTable } from '../../shared/ui/field-table.tsx'
import { Figure } from '../../shared/ui/figure.tsx'
import { PageHeader, Panel } from '../../shared/ui/page-header.tsx'
import { GrantStateChip } from '../../shared/ui/state-chip.tsx'
import { Loaded } from '../../shared/ui/states.tsx'
import { UsageChart } from '../delivery/usage-chart.tsx'
import { ApplicationActions } from './application-actions.tsx'
import { callSamples } from './call-samples.ts'
import './sharing.css'

/** One grant: which fields, masked how, how much, how long, how it is used and how to call. */
export function GrantPage() {
  const { id = '' } = useParams()
  const grant = useApi(operations.getGrant, { params: { id } })
  return <Loaded of={grant} rows={8}>{(data) => <GrantView grant={data} />}</Loaded>
}

function GrantView({ grant }: { readonly grant: Grant }) {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const { can } = useSession()
  const application = useApi(operations.getApplication, { params: { id: grant.applicationId } })
  return (
    <>
      <PageHeader
        back={{ to: '/console/sharing/grants', text: t('sharing.grants') }}
        title={t('sharing.grantTitle', { entry: grant.entryTitle, consumer: name(grant.consumer) })}
        chips={<GrantStateChip state={grant.state} />}
        facts={
          <>
            <span className="dt-mono">{grant.number}</span>
            <span>{name(grant.provider)} → {name(grant.consumer)}</span>
            <span>{t('sharing.untilDate', { date: grant.until })}</span>
            <Link to={`/console/sharing/applications/${grant.applicationId}`}>{t('sharing.openApplication')}</Link>
            <Link to={`/console/catalog/${grant.entryCode}`}>{t('sharing.openEntry')}</Link>
          </>
        }
        actions={application.data && <ApplicationActions application={application.data} />}
      />
      <div className="dt-figures">
        <Figure label={t('sharing.column.callsToday')} value={t('sharing.ofQuota', { calls: format.large(grant.callsToday), quota: format.large(grant.quota.perDay) })} tone={grant.callsToday >= grant.quota.perDay ? 'cinnabar' : undefined} />
        <Figure label={t('sharing.form.perSecond')} value={format.number(grant.quota.perSecond)} />
        <Figure label={t('sharing.column.callsTotal')} value={format.large(grant.callsTotal)} />
        <Figure label={t('sharing.column.rowsTotal')} value={format.large(grant.rowsTotal)} />
        <Figure label={t('sharing.column.lastUsed')} value={grant.lastUsedAt ? format.ago(grant.lastUsedAt, new Date()) : t('sharing.neverUsed')} />
      </div>
      <Panel title={t('sharing.grantedFields', { count: grant.fields.length })} flush><FieldTable fields={grant.fields} /></Panel>
      {grant.filter.length > 0 && (
        <Panel title={t('sharing.form.filter')}>{grant.filter.map((item) => `${item.field} ${t(`common.op.${item.op}`)} ${String(item.value)}`).join(t('shell.and'))}</Panel>
      )}
      {can(operations.usage) && <UsageChart query={{ grantId: grant.id, days: 30 }} title={t('sharing.usage30')} />}
      <Panel title={t('sharing.howToCall')}><CallSamples grant={grant} /></Panel>
    </>
  )
}

function CallSamples({ grant }: { readonly grant: Grant }) {
  const { t } = useT()
  const samples = callSamples({ origin: location.origin, code: grant.entryCode, fields: grant.fields.map((field) => field.name) })
  return (
    <>
      <p className="dt-secondary">{t('sharing.callIntro', { app: grant.appName })}</p>
      <Tabs
        size="small"
        items={samples.map(({ id, text }) => ({
          key: id, label: id === 'curl' ? 'curl' : id === 'python' ? 'Python' : 'JavaScript',
          children: <div className="dt-code-box"><CopyButton text={text} /><pre className="dt-code" tabIndex={0}>{text}</pre></div>,
        }))}
      />
    </>
  )
}
