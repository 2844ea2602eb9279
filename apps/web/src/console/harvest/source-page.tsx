import { type HarvestAction, type HarvestRun, type HarvestSource, operations } from '@datong/contracts'
import { Alert, Button, Popconfirm } from 'antd'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { useAction, useApi } from '../../shared/api/hooks.ts'
import { usePages } from '../../shared/api/use-pages.ts'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Chip } from '../../shared/ui/chips.tsx'
import { DataTable } from '../../shared/ui/data-table.tsx'
import { EvidenceSeal } from '../../shared/ui/evidence-seal.tsx'
import { PageHeader, Panel } from '../../shared/ui/page-header.tsx'
import { ErrorState, Loaded } from '../../shared/ui/states.tsx'
import { isGoingOn, RunProgress, RunStateChip } from './run-progress.tsx'
import { SourceDialog } from './source-dialog.tsx'

/** One source: what it is, how its runs went, and which records could not be taken over. */
export function HarvestSourcePage() {
  const { id = '' } = useParams()
  const source = useApi(operations.getHarvestSource, { params: { id } }, { refetchMs: (last) => (isGoingOn(last?.lastRun) ? 2_000 : false) })
  return <Loaded of={source} rows={8}>{(data) => <SourceView source={data} />}</Loaded>
}

/** Deeds that cannot be taken back by another click. */
const GRAVE: ReadonlySet<HarvestAction> = new Set(['accept', 'remove'])

function SourceView({ source }: { readonly source: HarvestSource }) {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const navigate = useNavigate()
  const [editing, setEditing] = useState(false)
  const [chosen, setChosen] = useState<string | null>(null)
  const act = useAction(operations.actOnHarvestSource)
  const { lastRun } = source
  const run = (action: HarvestAction): void =>
    act.mutate({ params: { id: source.id, action }, body: {} }, { onSuccess: () => (action === 'remove' ? void navigate('/console/catalog/harvest') : undefined) })
  const button = (action: HarvestAction) => {
    const props = { key: action, loading: act.isPending && act.variables.params?.action === action, ...(action === 'run' ? { type: 'primary' as const } : {}), danger: action === 'remove' }
    return GRAVE.has(action)
      ? <Popconfirm key={action} title={t(`harvest.confirm.${action === 'remove' ? 'remove' : 'accept'}`, { count: lastRun?.vanished ?? 0 })} okText={t(`harvest.action.${action}`)} cancelText={t('common.cancel')} onConfirm={() => run(action)}><Button {...props}>{t(`harvest.action.${action}`)}</Button></Popconfirm>
      : <Button {...props} onClick={() => run(action)}>{t(`harvest.action.${action}`)}</Button>
  }
  return (
    <>
      <PageHeader
        back={{ to: '/console/catalog/harvest', text: t('harvest.title') }} title={source.name}
        chips={<><Chip tone="primary">{t(`harvest.kinds.${source.kind}`)}</Chip>{source.state === 'paused' && <Chip tone="gamboge">{t('harvest.paused')}</Chip>}</>}
        facts={<><span className="dt-mono">{source.url}</span><span>{name(source.organisation)}</span><span>{t(`harvest.schedules.${source.schedule}`)}</span><span>{t(source.publishes ? 'harvest.publishedAtOnce' : 'harvest.asDrafts')}</span><span>{t('harvest.entries', { count: source.entries, figure: format.number(source.entries) })}</span></>}
        actions={<>{source.allowedActions.flatMap((action) => (action === 'edit' ? [] : [button(action)]))}{source.allowedActions.includes('edit') && <Button onClick={() => setEditing(true)}>{t('common.edit')}</Button>}</>}
      />
      {act.error && <ErrorState error={act.error} />}
      {lastRun?.state === 'held' && <Alert type="warning" showIcon style={{ marginBottom: 16 }} title={t('harvest.heldTitle', { count: lastRun.vanished, figure: format.number(lastRun.vanished) })} description={t('harvest.heldHint')} />}
      {lastRun?.state === 'failed' && lastRun.failure && <Alert type="error" showIcon style={{ marginBottom: 16 }} title={t.maybe('errors.', lastRun.failure.code)} description={<span className="dt-mono">{lastRun.failure.detail}</span>} />}
      {lastRun && isGoingOn(lastRun) && <Panel><RunProgress run={lastRun} /></Panel>}
      <Runs source={source} onProblems={setChosen} />
      {(chosen ?? (lastRun && lastRun.rejected > 0 ? lastRun.id : null)) && <Problems source={source.id} run={chosen ?? lastRun!.id /* as just tested */} />}
      {editing && <SourceDialog source={source} onClose={() => setEditing(false)} />}
    </>
  )
}

function Runs({ source, onProblems }: { readonly source: HarvestSource; readonly onProblems: (run: string) => void }) {
  const { t } = useT()
  const format = useFormat()
  const pages = usePages(operations.listHarvestRuns, { params: { id: source.id }, size: 10, refetchMs: () => (isGoingOn(source.lastRun) ? 2_000 : false) })
  return (
    <Panel flush title={t('harvest.runs')}>
      <DataTable<HarvestRun>
        pages={pages} rowKey={({ id }) => id} label={t('harvest.runs')} empty={{ title: t('harvest.never') }}
        columns={[
          { key: 'at', title: t('harvest.column.at'), render: (run) => <span className="dt-nowrap">{format.dateTime(run.startedAt ?? run.queuedAt)}</span> },
          { key: 'mode', title: t('harvest.column.mode'), render: (run) => t(`harvest.mode.${run.mode}`) },
          { key: 'state', title: t('harvest.column.state'), render: (run) => <span className="dt-nowrap"><RunStateChip state={run.state} /> <EvidenceSeal receiptId={run.receiptId} /></span> },
          ...(['seen', 'created', 'changed', 'same', 'withdrawn'] as const).map((key) => ({ key, title: t(`harvest.column.${key}`), align: 'right' as const, render: (run: HarvestRun) => format.number(run[key]) })),
          { key: 'rejected', title: t('harvest.column.rejected'), align: 'right', render: (run) => (run.rejected === 0 ? '0' : <Button type="link" size="small" onClick={() => onProblems(run.id)}>{format.number(run.rejected)}</Button>) },
        ]}
      />
    </Panel>
  )
}

function Problems({ source, run }: { readonly source: string; readonly run: string }) {
  const { t } = useT()
  const pages = usePages(operations.listHarvestProblems, { params: { id: source, run } })
  return (
    <Panel flush title={t('harvest.problems')}>
      <DataTable
        pages={pages} rowKey={({ identifier, title, code }) => `${identifier}/${title}/${code}`} label={t('harvest.problems')} empty={{ title: t('harvest.noProblems') }}
        columns={[
          { key: 'title', title: t('harvest.column.title'), render: (one) => one.title ?? '–' },
          { key: 'identifier', title: t('harvest.column.identifier'), render: (one) => <span className="dt-mono">{one.identifier ?? '–'}</span> },
          { key: 'reason', title: t('common.reason'), render: (one) => <>{t.maybe('harvest.problem.', one.code, t.maybe('errors.', one.code))}{one.detail && <div className="dt-secondary dt-mono">{one.detail}</div>}</> },
        ]}
      />
    </Panel>
  )
}
