import { operations, type Application } from '@datong/contracts'
import { useState } from 'react'
import { useParams } from 'react-router'
import { useApi } from '../../../shared/api/hooks.ts'
import { useSession } from '../../../shared/api/session.tsx'
import { useFormat, useName } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { PageHeader, Panel } from '../../../shared/ui/page-header.tsx'
import { ApplicationStateChip } from '../../../shared/ui/state-chip.tsx'
import { Loaded } from '../../../shared/ui/states.tsx'
import { Timeline } from '../../../shared/ui/timeline.tsx'
import { ApplicationActions, type Asked } from '../actions/application-actions.tsx'
import { ApplicationProcess } from './application-process.tsx'
import { AskedFields } from './asked-fields.tsx'
import { Clocks } from './clocks.tsx'
import { DecisionKeys } from './decision-keys.tsx'
import { Material } from './material.tsx'
import { Opinions } from './opinions.tsx'
import { Decision, Evaluations, GrantMade, Successors } from './outcome.tsx'
import { Precedents } from './precedents.tsx'
import { Ruling } from './ruling.tsx'
import { WhoAsks } from './who-asks.tsx'
import './application.css'

/** The whole of one application: who asks whom for what, where it stands, what was said, what came of it. */
export function ApplicationPage() {
  const { id = '' } = useParams()
  const application = useApi(operations.getApplication, { params: { id } })
  return <Loaded of={application} rows={8}>{(data) => <ApplicationView key={data.id} application={data} />}</Loaded>
}

function ApplicationView({ application }: { readonly application: Application }) {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const { user, has, can } = useSession()
  const [asked, setAsked] = useState<Asked | null>(null)
  const grant = useApi(operations.getGrant, { params: { id: application.grantId ?? '' } }, { enabled: application.grantId !== null })
  const own = user?.organisation?.code
  const decides = has('steward') || (has('provider') && (application.provider.code === own || application.opinions.some(({ department }) => department.code === own)))
  const open = application.state === 'submitted' || application.state === 'in-mediation'
  const successorsOf = application.grantId ?? application.link?.grantId
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
            <span>{t('sharing.submitted', { date: format.dateTime(application.submittedAt) })}</span>
            {decides && has('provider') && <DecisionKeys application={application} onAsk={setAsked} />}
          </>
        }
        actions={<ApplicationActions application={application} asked={asked} onAsk={setAsked} />}
      />
      <ApplicationProcess application={application} grant={grant.data} />
      <div className="dt-columns">
        <div>
          <Decision application={application} />
          {grant.data && <GrantMade grant={grant.data} />}
          <WhoAsks application={application} />
          <AskedFields application={application} />
          <Opinions opinions={application.opinions} />
          <Material items={application.material} />
          {can(operations.getRuling) && <Ruling application={application} />}
          <Evaluations application={application} />
          {successorsOf && <Successors grantId={successorsOf} self={application.id} />}
        </div>
        <aside>
          <Clocks application={application} />
          {decides && open && <Precedents application={application} />}
          <Panel title={t('sharing.history')}><Timeline items={application.history} /></Panel>
        </aside>
      </div>
    </>
  )
}
