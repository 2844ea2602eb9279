import { operations, type Application, type Grant } from '@datong/contracts'
import { Alert } from 'antd'
import { Link } from 'react-router'
import { useApi } from '../../../shared/api/hooks.ts'
import { useSession } from '../../../shared/api/session.tsx'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { LinkButton } from '../../../shared/ui/link-button.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { Score } from '../../../shared/ui/score.tsx'
import { ApplicationStateChip, GrantStateChip } from '../../../shared/ui/state-chip.tsx'
import { UsageChart } from '../../delivery/usage-chart.tsx'
import { accessTo } from '../../delivery/workbench/forms.ts'

/** Who decided, on what ground, and what mediation made of it. */
export function Decision({ application }: { readonly application: Application }) {
  const { t } = useT()
  const format = useFormat()
  const { decision, mediation, state } = application
  // The application keeps the day of its first answer; what stands in the decision after a mediation is the bureau's.
  const decidedAt = mediation?.decidedAt ?? application.decidedAt
  return (
    <>
      {decision && (
        <Panel title={t('sharing.decision')}>
          <div className="dt-chips"><ApplicationStateChip state={state} /> <span>{t(`sharing.decidedBy.${decision.by}`)}</span>{decidedAt && <span className="dt-secondary">{format.dateTime(decidedAt)}</span>}</div>
          {decision.reason && <p className="dt-prewrap dt-ruling-reason">{decision.reason}</p>}
          {decision.legalBasis && <p className="dt-secondary dt-prewrap">{t('sharing.basisWords', { basis: decision.legalBasis })}</p>}
        </Panel>
      )}
      {mediation && (
        <Panel title={t('sharing.mediation')}>
          <dl className="dt-def">
            <dt>{t('sharing.mediationAsked')}</dt><dd>{format.dateTime(mediation.requestedAt)}</dd>
            <dt>{t('sharing.reasonLabel.request-mediation')}</dt><dd className="dt-prewrap">{mediation.reason}</dd>
            <dt>{t('sharing.mediationOutcome')}</dt>
            <dd>{mediation.outcome ? t(`sharing.mediationResult.${mediation.outcome}`) : t('sharing.mediationOpen')}{mediation.decidedAt && ` · ${format.dateTime(mediation.decidedAt)}`}</dd>
          </dl>
        </Panel>
      )}
    </>
  )
}

/** The grant that came of it: the way to the data for who may use it, and its use. */
export function GrantMade({ grant }: { readonly grant: Grant }) {
  const { t } = useT()
  const format = useFormat()
  const { can, user } = useSession()
  return (
    <>
      <Panel title={t('sharing.column.grant')} extra={<Link to={`/console/sharing/grants/${grant.id}`}>{t('sharing.openGrant')}</Link>}>
        <div className="dt-chips"><GrantStateChip state={grant.state} /><span className="dt-mono">{grant.number}</span><span>{t('sharing.untilDate', { date: grant.until })}</span>
          <span className="dt-secondary">{t('sharing.grantUse', { calls: format.large(grant.callsTotal), rows: format.large(grant.rowsTotal) })}</span>
          {grant.state === 'active' && accessTo(grant, user) !== null && <LinkButton to={`/console/delivery/grants/${grant.id}`}>{t('workbench.open')}</LinkButton>}</div>
      </Panel>
      {can(operations.usage) && grant.callsTotal > 0 && <UsageChart query={{ grantId: grant.id, days: 30 }} title={t('sharing.usage30')} height={160} />}
    </>
  )
}

/** What the consumer says of the data, and by when. */
export function Evaluations({ application }: { readonly application: Application }) {
  const { t } = useT()
  const format = useFormat()
  const { evaluations, evaluationDueAt } = application
  const overdue = evaluationDueAt !== null && new Date(evaluationDueAt) < new Date()
  if (evaluations.length === 0 && !evaluationDueAt) return null
  return (
    <Panel title={t('sharing.evaluations')}>
      {evaluationDueAt && evaluations.length === 0 && <Alert type={overdue ? 'warning' : 'info'} showIcon title={t(overdue ? 'sharing.evaluationOverdue' : 'sharing.evaluationDue', { date: format.date(evaluationDueAt) })} />}
      <ul className="dt-opinions">
        {evaluations.map((evaluation) => (
          <li key={evaluation.at}>
            <div className="dt-score-rows">
              {(['quality', 'timeliness', 'effect'] as const).map((score) => (
                <span key={score}><span className="dt-secondary">{t(`sharing.score.${score}`)}</span> <Score value={evaluation.scores[score]} /></span>
              ))}
            </div>
            {evaluation.comment && <p className="dt-prewrap">{evaluation.comment}</p>}
            <div className="dt-secondary">{evaluation.by} · {format.dateTime(evaluation.at)}</div>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** Renewals and changes of the grant, where there are any. */
export function Successors({ grantId, self }: { readonly grantId: string; readonly self: string }) {
  const { t } = useT()
  const list = useApi(operations.listApplications, { query: { grantId } })
  const others = list.data?.items.filter(({ id }) => id !== self) ?? []
  if (others.length === 0) return null
  return (
    <Panel title={t('sharing.successors')}>
      <ul className="dt-opinions">
        {others.map((other) => (
          <li key={other.id} className="dt-opinion-head">
            <span>{other.link && t(`sharing.link.${other.link.kind}`)} <Link to={`/console/sharing/applications/${other.id}`}>{other.number}</Link></span>
            <ApplicationStateChip state={other.state} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}
