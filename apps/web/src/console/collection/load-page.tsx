import { operations, urlOf, type Load } from '@datong/contracts'
import { DownloadOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { Link, useParams } from 'react-router'
import { useAction } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { useDownload } from '../../shared/api/use-download.ts'
import { usePages } from '../../shared/api/use-pages.ts'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { DataTable } from '../../shared/ui/data-table.tsx'
import { LinkButton } from '../../shared/ui/link-button.tsx'
import { LoadProgress } from '../../shared/ui/load-progress.tsx'
import { PageHeader, Panel } from '../../shared/ui/page-header.tsx'
import { LoadStateChip } from '../../shared/ui/state-chip.tsx'
import { ErrorState, Loaded } from '../../shared/ui/states.tsx'
import { Drift, LoadActions, LoadWaits } from './load-decision.tsx'
import { Reconciliation } from './reconciliation.tsx'
import { useLoad } from './use-load.ts'
import './collection.css'

/** One load: how far it is, what was found about the file and why, which rows did not fit and why. */
export function LoadPage() {
  const { id = '' } = useParams()
  const load = useLoad(id)
  return <Loaded of={load} rows={8}>{(data) => <LoadView load={data} />}</Loaded>
}

function LoadView({ load }: { readonly load: Load }) {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const { can } = useSession()
  const retry = useAction(operations.retryLoad)
  const over = load.state === 'done' || load.state === 'failed'
  const seconds = load.finishedAt ? (new Date(load.finishedAt).getTime() - new Date(load.createdAt).getTime()) / 1000 : null
  return (
    <>
      <PageHeader
        back={{ to: '/console/collection', text: t('shell.nav.collection') }} title={load.fileName} chips={<LoadStateChip state={load.state} />}
        facts={
          <>
            <Link to={`/console/catalog/${load.entryCode}`}>{load.entryTitle}</Link>
            <span>{name(load.organisation)}</span>
            {load.bytes > 0 && <span>{format.bytes(load.bytes)}</span>}
            {load.kind !== 'upload' && <span>{t(`collection.kind.${load.kind}`)}</span>}
            {load.sourceId !== null && <Link to={`/console/collection/sources/${load.sourceId}`}>{t('collection.ofSource')}</Link>}
            <span>{t(load.kind === 'upload' ? 'collection.startedBy' : 'collection.begunBy', { name: load.startedBy, date: format.dateTime(load.createdAt) })}</span>
            {seconds !== null && <span>{t('collection.took', { time: format.duration(seconds) })}</span>}
          </>
        }
        actions={
          <>
            {load.state === 'failed' && can(operations.retryLoad) && <Button loading={retry.isPending} onClick={() => retry.mutate({ params: { id: load.id } })}>{t('common.retry')}</Button>}
            <LoadActions load={load} />
            {load.state === 'done' && <LinkButton type="primary" to={`/console/catalog/${load.entryCode}`}>{t('collection.openEntry')}</LinkButton>}
          </>
        }
      />
      {retry.error && <ErrorState error={retry.error} />}
      {load.error && (
        <Alert
          type="error" showIcon style={{ marginBottom: 16 }} title={t.maybe('errors.', load.error.code, load.error.detail, load.error.params)}
          description={load.error.errors.length > 0 && <ul className="dt-issues">{load.error.errors.map((issue, index) => <li key={index}>{t.language === 'zh-CN' ? issue.message : t.maybe('errors.issue:', issue.code, issue.message)}</li>)}</ul>}
        />
      )}
      <LoadWaits state={load.state} />
      {load.drift && <Drift drift={load.drift} />}
      {!over && <Panel><LoadProgress load={load} /></Panel>}
      {load.rowsRead === load.rowsStored + load.rowsRejected && <RowSum load={load} />}
      {load.reconciliation && <Reconciliation reconciliation={load.reconciliation} />}
      {load.detection && <Detection detection={load.detection} />}
      {load.rowsRejected > 0 && can(operations.listRejects) && <Rejects load={load} />}
    </>
  )
}

/** The three figures, and that they add up. */
function RowSum({ load }: { readonly load: Load }) {
  const { t } = useT()
  const format = useFormat()
  return (
    <div className="dt-sum" role="group" aria-label={t('collection.sum')}>
      <div><span className="dt-figure-value">{format.number(load.rowsRead)}</span><span className="dt-figure-label">{t('collection.column.read')}</span></div>
      <span aria-hidden>=</span>
      <div className="dt-sum-jade"><span className="dt-figure-value">{format.number(load.rowsStored)}</span><span className="dt-figure-label">{t('collection.column.stored')}</span></div>
      <span aria-hidden>+</span>
      <div className={load.rowsRejected > 0 ? 'dt-sum-gamboge' : undefined}><span className="dt-figure-value">{format.number(load.rowsRejected)}</span><span className="dt-figure-label">{t('collection.column.rejected')}</span></div>
    </div>
  )
}

function Detection({ detection }: { readonly detection: NonNullable<Load['detection']> }) {
  const { t } = useT()
  const separator = detection.delimiter === '\t' ? t('collection.tab') : detection.delimiter
  return (
    <Panel title={t('collection.found')}>
      <dl className="dt-def">
        <dt>{t('collection.format')}</dt><dd>{detection.format}</dd>
        {detection.encoding && <><dt>{t('collection.encoding')}</dt><dd>{detection.encoding}</dd></>}
        {separator && <><dt>{t('collection.separator')}</dt><dd><code>{separator}</code></dd></>}
        <dt>{t('collection.headerRows')}</dt><dd>{detection.headerRows}</dd>
        <dt>{t('collection.columns')}</dt><dd>{detection.columns}</dd>
        <dt>{t('collection.reasons')}</dt><dd><ul className="dt-issues">{detection.reasons.map(({ code, params }, index) => <li key={index}>{t.maybe('collection.reason:', code, code, params)}</li>)}</ul></dd>
      </dl>
    </Panel>
  )
}

function Rejects({ load }: { readonly load: Load }) {
  const { t } = useT()
  const format = useFormat()
  const pages = usePages(operations.listRejects, { params: { id: load.id } })
  const download = useDownload()
  return (
    <Panel title={t('collection.rejects', { count: load.rowsRejected, figure: format.number(load.rowsRejected) })} extra={<Button icon={<DownloadOutlined />} loading={download.busy} onClick={() => download.start(urlOf(operations.listRejects, { id: load.id }), 'text/csv', `${load.fileName}-rejects.csv`)}>{t('collection.rejectsCsv')}</Button>} flush>
      <p className="dt-secondary" style={{ padding: '0 20px 12px' }}>{t('collection.rejectsHint')}</p>
      <DataTable
        label={t('collection.rejectsLabel')} pages={pages} rowKey={(row) => `${row.line}/${row.field}/${row.reason}`} empty={{ title: t('collection.noRejects') }}
        columns={[
          { key: 'line', title: t('collection.line'), align: 'right', render: (row) => format.number(row.line) },
          { key: 'field', title: t('common.field.name'), render: (row) => row.field ?? '–' },
          { key: 'reason', title: t('common.reason'), render: (row) => <RejectReason reason={row.reason} detail={row.detail} /> },
          { key: 'excerpt', title: t('collection.excerpt'), render: (row) => <code className="dt-excerpt" title={row.excerpt}>{row.excerpt}</code> },
        ]}
      />
    </Panel>
  )
}

/** Why a row did not fit, in the reader's words; the figures as the platform wrote them below. */
function RejectReason({ reason, detail }: { readonly reason: string; readonly detail: string }) {
  const { t } = useT()
  const words = t.maybe('collection.reject:', reason, '')
  if (words === '') return <>{detail || reason}</>
  return <>{words}{detail && <small className="dt-secondary dt-reject-detail">{detail}</small>}</>
}
