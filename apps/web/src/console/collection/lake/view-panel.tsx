import { operations, ProblemError, type View } from '@datong/contracts'
import { Alert, Button, Popconfirm } from 'antd'
import { Link } from 'react-router'
import { useAction, useApi } from '../../../shared/api/hooks.ts'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Chip, GradeChip } from '../../../shared/ui/chips.tsx'
import { EvidenceSeal } from '../../../shared/ui/evidence-seal.tsx'
import { LinkButton } from '../../../shared/ui/link-button.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { ErrorState } from '../../../shared/ui/states.tsx'

/** The query that makes an entry; nothing for an entry that is loaded. */
export function ViewPanel({ code, owner }: { readonly code: string; readonly owner: boolean }) {
  const view = useApi(operations.getView, { params: { code } }, { refetchMs: (last) => (last?.stale === true && last.state === 'active' ? 2_000 : false) })
  if (view.error instanceof ProblemError && view.error.problem.status === 404) return null
  if (view.error) return <ErrorState error={view.error} onRetry={() => void view.refetch()} />
  return view.data === undefined ? null : <Query view={view.data} owner={owner} />
}

function Query({ view, owner }: { readonly view: View; readonly owner: boolean }) {
  const { t } = useT()
  const format = useFormat()
  const act = useAction(operations.actOnView)
  const run = (action: 'rebuild' | 'retire' | 'resume'): void => act.mutate({ params: { code: view.entryCode, action }, body: {} })
  const actions = owner && (
    <span className="dt-chips">
      {view.state === 'active' && <Button loading={act.isPending} onClick={() => run('rebuild')}>{t('lake.view.rebuild')}</Button>}
      {view.state === 'active' && <LinkButton to={`/console/collection/lake/${view.entryCode}/view`}>{t('common.edit')}</LinkButton>}
      {view.state === 'active' && <Popconfirm title={t('lake.view.retireHint')} okText={t('lake.view.retire')} cancelText={t('common.cancel')} onConfirm={() => run('retire')}><Button danger>{t('lake.view.retire')}</Button></Popconfirm>}
      {view.state === 'retired' && <Button onClick={() => run('resume')}>{t('lake.view.resume')}</Button>}
    </span>
  )
  const last = view.history.at(-1)
  return (
    <Panel title={t('lake.view.title')} extra={actions}>
      {act.error && <ErrorState error={act.error} />}
      {view.problem !== null && <Alert type="warning" showIcon style={{ marginBottom: 12 }} title={t('lake.view.problem')} description={t.maybe('errors.', view.problem)} />}
      <pre className="dt-sql dt-sql-shown">{view.sql}</pre>
      <dl className="dt-def" style={{ marginTop: 16 }}>
        <dt>{t('lake.view.state')}</dt><dd>{view.state === 'retired' ? <Chip tone="plain">{t('lake.view.retired')}</Chip> : view.stale ? <Chip tone="gamboge">{t('lake.view.stale')}</Chip> : <Chip tone="jade">{t('lake.view.fresh')}</Chip>}</dd>
        <dt>{t('lake.view.inputs')}</dt>
        <dd><ul className="dt-issues">{view.inputs.map((input) => <li key={input.entryCode}><code>{input.name}</code> = <Link to={`/console/collection/lake/${input.entryCode}`}>{input.title}</Link> <span className="dt-secondary">{input.built === null ? t('lake.view.notBuilt') : `v${input.built}`}{input.current !== null && input.current !== input.built && ` → v${input.current}`}</span></li>)}</ul></dd>
        {view.floor !== null && <><dt>{t('lake.view.floor')}</dt><dd><GradeChip grade={view.floor} /></dd></>}
        <dt>{t('lake.view.definition')}</dt><dd>v{view.version} · {format.dateTime(view.changedAt)} {last && <EvidenceSeal receiptId={last.receiptId} />}</dd>
      </dl>
    </Panel>
  )
}
