import { type BulkAction, type BulkMapping, type BulkSource, operations, type BulkImport } from '@datong/contracts'
import { App, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useParams } from 'react-router'
import { useAction, useApi } from '../../shared/api/hooks.ts'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../shared/ui/action-dialog.tsx'
import { EvidenceSeal } from '../../shared/ui/evidence-seal.tsx'
import { PageHeader, Panel } from '../../shared/ui/page-header.tsx'
import { ErrorState, Loaded } from '../../shared/ui/states.tsx'
import { BULK } from './bulk-page.tsx'
import { ImportRows } from './import-rows.tsx'
import { ImportProgress, ImportStateChip, isWorking } from './import-state.tsx'
import { MappingForm } from './mapping-form.tsx'
import './bulk.css'

/** One sheet: what its columns mean, what it would change, its progress, and its undo. */
export function BulkImportPage() {
  const { id = '' } = useParams()
  const found = useApi(operations.getBulkImport, { params: { id } }, { refetchMs: (last) => (isWorking(last?.import.state) ? 1_500 : false) })
  return <Loaded of={found} rows={8}>{(data) => <ImportView made={data.import} source={data.source} mapping={data.mapping} />}</Loaded>
}

function ImportView({ made, source, mapping }: { readonly made: BulkImport; readonly source: BulkSource; readonly mapping: BulkMapping }) {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const { message } = App.useApp()
  const [mappingOpen, setMappingOpen] = useState(made.state === 'mapping')
  const [doing, setDoing] = useState<BulkAction | null>(null)
  const act = useAction(operations.actOnBulkImport, () => void message.success(t('bulk.started')))
  const preview = useAction(operations.previewBulkImport, () => {
    setMappingOpen(false)
    void message.success(t('bulk.previewed'))
  })
  const writable = made.counts.new + made.counts.changed
  const may = (action: BulkImport['allowedActions'][number]): boolean => made.allowedActions.includes(action)
  return (
    <>
      <PageHeader
        back={{ to: BULK, text: t('bulk.title') }} title={made.fileName || t('bulk.title')} chips={<><ImportStateChip state={made.state} /> <EvidenceSeal receiptId={made.receiptId} /></>}
        facts={<>{made.organisation && <span>{name(made.organisation)}</span>}<span>{format.dateTime(made.madeAt)} {made.madeBy.name}</span><span>{made.items > 0 ? t('bulk.rowsAndItems', { rows: format.number(made.rows), items: format.number(made.items) }) : t('bulk.rowsOf', { rows: format.number(made.rows) })}</span><span>{t('bulk.keptUntil', { date: format.date(made.keptUntil) })}</span></>}
        actions={<>
          {may('drop') && <Button onClick={() => setDoing('drop')}>{t('bulk.drop')}</Button>}
          {may('map') && made.state === 'previewed' && !mappingOpen && <Button onClick={() => setMappingOpen(true)}>{t('bulk.changeMapping')}</Button>}
          {may('apply') && <Button type="primary" disabled={writable === 0} onClick={() => setDoing('apply')}>{t('bulk.apply')}</Button>}
          {may('undo') && <Button danger onClick={() => setDoing('undo')}>{t('bulk.undo')}</Button>}
        </>}
      />
      {preview.error && <ErrorState error={preview.error} />}
      {isWorking(made.state) && <Panel><ImportProgress state={made.state} counts={made.counts} results={made.results} /></Panel>}
      {mappingOpen && may('map') && <MappingForm source={source} mapping={mapping} busy={preview.isPending} onPreview={(body) => preview.mutate({ params: { id: made.id }, body })} />}
      {made.state !== 'mapping' && <ImportRows made={made} />}
      {doing !== null && (
        <ActionDialog<{ reason: string }>
          open danger={doing !== 'apply'} submit={t(`bulk.${doing}`)} onClose={() => setDoing(null)} onSubmit={({ reason }) => act.mutateAsync({ params: { id: made.id, action: doing }, body: { reason: reason.trim() } })}
          title={t(`bulk.${doing}Title`, { count: format.number(writable) })} intro={t(`bulk.${doing}Hint`, { new: format.number(made.counts.new), changed: format.number(made.counts.changed) })}
        >
          <Form.Item name="reason" label={t('common.reason')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input.TextArea autoSize={{ minRows: 2 }} maxLength={500} /></Form.Item>
        </ActionDialog>
      )}
    </>
  )
}
