import { CloudUploadOutlined } from '@ant-design/icons'
import { LOAD_STATES, operations, type Load } from '@datong/contracts'
import { Select } from 'antd'
import { Link } from 'react-router'
import { useSession } from '../../shared/api/session.tsx'
import { usePages } from '../../shared/api/use-pages.ts'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { DataTable } from '../../shared/ui/data-table.tsx'
import { LinkButton } from '../../shared/ui/link-button.tsx'
import { LoadProgress } from '../../shared/ui/load-progress.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { pick } from '../../shared/ui/pick.ts'
import { SearchBox } from '../../shared/ui/search-box.tsx'
import { LoadStateChip } from '../../shared/ui/state-chip.tsx'
import { oneOf, useFilters } from '../../shared/ui/use-filters.ts'
import './collection.css'

/** All loads in reach, newest first; running ones move. */
export function LoadsPage() {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const { can } = useSession()
  const { values, set, any } = useFilters(['state', 'q'])
  const state = oneOf(LOAD_STATES, values.state)
  const pages = usePages(operations.listLoads, {
    query: { ...pick('state', state), ...pick('q', values.q) },
    refetchMs: (last) => (last?.items.some((load) => load.state !== 'done' && load.state !== 'failed') ? 2000 : 30_000),
  })
  const upload = can(operations.upload) && <LinkButton type="primary" icon={<CloudUploadOutlined />} to="/console/collection/upload">{t('collection.upload')}</LinkButton>
  return (
    <Panel flush>
      <div className="dt-filters" role="search">
        <SearchBox value={values.q} placeholder={t('collection.searchHint')} onSearch={(q) => set('q', q)} />
        <Select
          allowClear placeholder={t('collection.column.state')} aria-label={t('collection.column.state')} value={state ?? null} onChange={(value) => set('state', value ?? undefined)}
          options={LOAD_STATES.map((value) => ({ value, label: t(`common.loadState.${value}`) }))}
        />
        {upload && <span className="dt-filters-end">{upload}</span>}
      </div>
      <DataTable<Load>
        label={t('shell.nav.collection')} pages={pages} rowKey={(load) => load.id}
        empty={any ? { title: t('collection.noneFound') } : { title: t('collection.none'), hint: t('collection.noneHint'), action: upload || undefined }}
        columns={[
          {
            key: 'file', title: t('collection.column.file'),
            render: (load) => (
              <div className="dt-cell-title">
                <Link to={`/console/collection/loads/${load.id}`}>{load.fileName}</Link>
                <div className="dt-secondary dt-cell-sub">{[load.entryTitle, name(load.organisation), ...(load.kind === 'upload' ? [] : [t(`collection.kind.${load.kind}`)]), ...(load.bytes > 0 ? [format.bytes(load.bytes)] : [])].join(' · ')}</div>
              </div>
            ),
          },
          { key: 'state', title: t('collection.column.state'), render: (load) => (load.state === 'done' || load.state === 'failed' ? <LoadStateChip state={load.state} /> : <div style={{ minWidth: 180 }}><LoadProgress load={load} /></div>) },
          { key: 'read', title: t('collection.column.read'), align: 'right', render: (load) => format.number(load.rowsRead) },
          { key: 'stored', title: t('collection.column.stored'), align: 'right', render: (load) => format.number(load.rowsStored) },
          { key: 'rejected', title: t('collection.column.rejected'), align: 'right', render: (load) => (load.rowsRejected > 0 ? <span className="dt-warn">{format.number(load.rowsRejected)}</span> : '0') },
          { key: 'by', title: t('collection.column.by'), optional: true, render: (load) => load.startedBy },
          { key: 'at', title: t('collection.column.at'), render: (load) => <span className="dt-nowrap">{format.dateTime(load.createdAt)}</span> },
        ]}
      />
    </Panel>
  )
}
