import { UploadOutlined } from '@ant-design/icons'
import { type BulkImport, operations } from '@datong/contracts'
import { Button, Upload } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { usePages } from '../../shared/api/use-pages.ts'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { DataTable } from '../../shared/ui/data-table.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { ErrorState } from '../../shared/ui/states.tsx'
import { ExportPanel } from './export-panel.tsx'
import { ImportStateChip, isWorking } from './import-state.tsx'
import { sendSheet } from './send-sheet.ts'
import './bulk.css'

export const BULK = '/console/catalog/bulk'

/** Entries by sheet: out, in, and what was brought in before. */
export function BulkPage() {
  const { t } = useT()
  const format = useFormat()
  const navigate = useNavigate()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const pages = usePages(operations.listBulkImports, { refetchMs: (last) => (last?.items.some(({ state }) => isWorking(state)) ? 2_000 : false) })
  const send = async (file: File): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      void navigate(`${BULK}/${(await sendSheet(file)).id}`)
    } catch (caught) {
      setError(caught)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <p className="dt-secondary dt-lead">{t('bulk.intro')}</p>
      <ExportPanel />
      <Panel title={t('bulk.upload')}>
        <div className="dt-bulk-actions">
          <Upload
            maxCount={1} accept=".xlsx,.xls,.csv,.tsv,.txt,.ods" showUploadList={false}
            beforeUpload={(file) => {
              void send(file)
              return false
            }}
          >
            <Button type="primary" icon={<UploadOutlined />} loading={busy}>{t('bulk.chooseFile')}</Button>
          </Upload>
          <span className="dt-secondary">{t('bulk.uploadHint')}</span>
        </div>
        {error !== null && <ErrorState error={error} />}
      </Panel>
      <Panel title={t('bulk.imports')} flush>
        <DataTable<BulkImport>
          label={t('bulk.imports')} pages={pages} rowKey={({ id }) => id} empty={{ title: t('bulk.none'), hint: t('bulk.noneHint') }}
          columns={[
            { key: 'file', title: t('bulk.file'), render: (one) => <div className="dt-cell-title"><Link to={`${BULK}/${one.id}`}>{one.fileName || '—'}</Link><div className="dt-secondary dt-cell-sub">{one.items > 0 ? t('bulk.rowsAndItems', { rows: format.number(one.rows), items: format.number(one.items) }) : t('bulk.rowsOf', { rows: format.number(one.rows) })}</div></div> },
            { key: 'counts', title: t('bulk.what'), render: ({ state, counts }) => (state === 'mapping' ? '—' : t('bulk.counts', counts)) },
            { key: 'state', title: t('bulk.state'), render: ({ state }) => <ImportStateChip state={state} /> },
            { key: 'made', title: t('bulk.madeAt'), render: (one) => `${format.dateTime(one.madeAt)} ${one.madeBy.name}` },
          ]}
        />
      </Panel>
    </>
  )
}
