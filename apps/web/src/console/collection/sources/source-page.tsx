import { type Load, operations, type Source, type SourceAction } from '@datong/contracts'
import { Alert, Button, Popconfirm } from 'antd'
import type { ReactNode } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { useAction, useApi } from '../../../shared/api/hooks.ts'
import { usePages } from '../../../shared/api/use-pages.ts'
import { useFormat, useName } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Chip } from '../../../shared/ui/chips.tsx'
import { DataTable } from '../../../shared/ui/data-table.tsx'
import { LinkButton } from '../../../shared/ui/link-button.tsx'
import { LoadProgress } from '../../../shared/ui/load-progress.tsx'
import { PageHeader, Panel } from '../../../shared/ui/page-header.tsx'
import { LoadStateChip } from '../../../shared/ui/state-chip.tsx'
import { ErrorState, Loaded } from '../../../shared/ui/states.tsx'
import { CapturePanel } from '../capture/capture-panel.tsx'
import { useScheduleWords } from './schedule-item.tsx'
import { settingsOf } from './setting-schema.ts'
import { isMoving } from './source-state.tsx'
import './sources.css'

const LIST = '/console/collection/sources'

/** One source: what it is and reads, and how its loads went. */
export function SourcePage() {
  const { id = '' } = useParams()
  const source = useApi(operations.getSource, { params: { id } }, { refetchMs: (last) => (isMoving(last) ? 2_000 : 30_000) })
  return <Loaded of={source} rows={8}>{(data) => <SourceView source={data} />}</Loaded>
}

function SourceView({ source }: { readonly source: Source }) {
  const { t, language } = useT()
  const format = useFormat()
  const name = useName()
  const navigate = useNavigate()
  const scheduleWords = useScheduleWords()
  const kinds = useApi(operations.listSourceKinds)
  const act = useAction(operations.actOnSource)
  const kind = kinds.data?.items.find((one) => one.kind === source.kind)
  const run = (action: SourceAction): void => act.mutate({ params: { id: source.id, action }, body: {} }, {
    onSuccess: ({ loadId }) => {
      if (action === 'remove') void navigate(LIST)
      else if (loadId !== null) void navigate(`/console/collection/loads/${loadId}`)
    },
  })
  const button = (action: SourceAction) => {
    const props = { loading: act.isPending && act.variables.params?.action === action, ...(action === 'run' ? { type: 'primary' as const } : {}), danger: action === 'remove' }
    return action === 'remove'
      ? <Popconfirm key={action} title={t('sources.confirmRemove')} okText={t('sources.action.remove')} cancelText={t('common.cancel')} onConfirm={() => run(action)}><Button {...props}>{t('sources.action.remove')}</Button></Popconfirm>
      : <Button key={action} {...props} onClick={() => run(action)}>{t(`sources.action.${action}`)}</Button>
  }
  return (
    <>
      <PageHeader
        back={{ to: LIST, text: t('sources.title') }} title={source.name}
        chips={<><Chip tone="primary">{kind?.title[language === 'en' ? 'en' : 'zh'] ?? source.kind}</Chip>{source.state === 'paused' && <Chip tone="gamboge">{t('sources.paused')}</Chip>}</>}
        facts={
          <>
            <span>{name(source.organisation)}</span>
            {source.entryCode === null ? <span>{source.entryTitle}</span> : <Link to={`/console/catalog/${source.entryCode}`}>{source.entryTitle}</Link>}
            <span>{scheduleWords(source.schedule)}</span>
            {source.nextRunAt !== null && <span>{t('sources.nextAt', { at: format.dateTime(source.nextRunAt) })}</span>}
            <span>{t('sources.registeredBy', { name: source.createdBy, at: format.dateTime(source.createdAt) })}</span>
          </>
        }
        actions={<>{source.allowedActions.flatMap((action) => (action === 'edit' ? [] : [button(action)]))}{source.allowedActions.includes('edit') && <LinkButton to={`${LIST}/${source.id}/edit`}>{t('common.edit')}</LinkButton>}</>}
      />
      {act.error && <ErrorState error={act.error} />}
      {source.failuresInRow > 0 && source.lastLoad?.errorCode != null && <Alert type="warning" showIcon style={{ marginBottom: 16 }} title={t('sources.failing', { count: source.failuresInRow })} description={t.maybe('errors.', source.lastLoad.errorCode)} />}
      {source.lastLoad?.state === 'held' && <Alert type="warning" showIcon style={{ marginBottom: 16 }} title={t('sources.heldTitle')} action={<LinkButton to={`/console/collection/loads/${source.lastLoad.id}`}>{t('sources.look')}</LinkButton>} />}
      {source.mode === 'changes' && <CapturePanel source={source} />}
      <Facts source={source} settings={settingsOf(kind?.settings, language)} hasObjects={kind?.can.list === true} />
      <Loads source={source} />
    </>
  )
}

function Facts({ source, settings, hasObjects }: { readonly source: Source; readonly settings: ReturnType<typeof settingsOf>; readonly hasObjects: boolean }) {
  const { t } = useT()
  const label = (key: string): string => settings.find((one) => one.name === key)?.label ?? key
  const word = (key: string, value: unknown): string => settings.find((one) => one.name === key)?.choices.find((choice) => choice.value === value)?.label ?? String(value)
  return (
    <Panel title={t('sources.part.what')}>
      <dl className="dt-def">
        {Object.entries(source.settings).map(([key, value]) => <FactRow key={key} label={label(key)}><span className="dt-mono">{word(key, value)}</span></FactRow>)}
        {source.secrets.length > 0 && <FactRow label={t('sources.secrets')}>{t('sources.sealed')}</FactRow>}
        {'query' in source.from ? <FactRow label={t('sources.query')}><pre className="dt-source-query">{source.from.query}</pre></FactRow> : hasObjects && <FactRow label={t('sources.object')}><span className="dt-mono">{source.from.object}</span></FactRow>}
        <FactRow label={t('sources.mode')}>{t(`sources.mode.${source.mode}`)}</FactRow>
        {source.markColumn !== null && <FactRow label={t('sources.markColumn')}><span className="dt-mono">{source.markColumn}</span>{source.mark !== null && <> · {t('sources.markAt', { mark: source.mark })}</>}</FactRow>}
        {source.keyColumns.length > 0 && <FactRow label={t('sources.keyColumns')}><span className="dt-mono">{source.keyColumns.join(', ')}</span></FactRow>}
        {source.fullBecause !== null && source.fullBecause !== 'first' && <FactRow label={t('sources.nextIsFull')}>{t(`sources.because.${source.fullBecause}`)}</FactRow>}
        <FactRow label={t('sources.drift')}>{t(`sources.drifts.${source.drift}`)}</FactRow>
      </dl>
    </Panel>
  )
}

const FactRow = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => <><dt>{label}</dt><dd>{children}</dd></>

function Loads({ source }: { readonly source: Source }) {
  const { t } = useT()
  const format = useFormat()
  const pages = usePages(operations.listLoads, { query: { sourceId: source.id }, size: 10, refetchMs: () => (isMoving(source) ? 2_000 : false) })
  return (
    <Panel flush title={t('sources.loads')}>
      <DataTable<Load>
        pages={pages} rowKey={({ id }) => id} label={t('sources.loads')} empty={{ title: t('sources.never') }}
        columns={[
          { key: 'at', title: t('collection.column.at'), render: (load) => <Link className="dt-nowrap" to={`/console/collection/loads/${load.id}`}>{format.dateTime(load.createdAt)}</Link> },
          { key: 'state', title: t('collection.column.state'), render: (load) => (load.finishedAt !== null || load.state === 'held' || load.state === 'paused' ? <LoadStateChip state={load.state} /> : <div style={{ minWidth: 180 }}><LoadProgress load={load} /></div>) },
          { key: 'read', title: t('collection.column.read'), align: 'right', render: (load) => format.number(load.rowsRead) },
          { key: 'stored', title: t('collection.column.stored'), align: 'right', render: (load) => format.number(load.rowsStored) },
          { key: 'rejected', title: t('collection.column.rejected'), align: 'right', render: (load) => format.number(load.rowsRejected) },
          { key: 'version', title: t('sources.version'), align: 'right', render: (load) => (load.version === null ? <span className="dt-secondary">{load.state === 'done' ? t('sources.nothingNew') : '–'}</span> : `v${load.version}`) },
          { key: 'agrees', title: t('collection.reconciled'), render: (load) => (load.reconciliation === null ? '–' : <Chip tone={load.reconciliation.outcome === 'moved' ? 'gamboge' : 'jade'}>{t(`collection.reconciliation.${load.reconciliation.outcome}`)}</Chip>) },
        ]}
      />
    </Panel>
  )
}
