import { operations, type ResponseOf, type Source, type SourceColumnView, type SourceKindView, type SourceObjectView } from '@datong/contracts'
import { AutoComplete, Button, Form, Input, Radio, Select } from 'antd'
import { useAction } from '../../../shared/api/hooks.ts'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { ErrorState } from '../../../shared/ui/states.tsx'
import { fromOf, reachOf, type SourceValues } from './source-values.ts'

type Preview = ResponseOf<typeof operations.previewSource>

interface ReadItemsProps {
  readonly can: SourceKindView['can']
  /** What the source offers, once it was reached. */
  readonly objects: readonly SourceObjectView[] | undefined
  readonly source: Source | undefined
}

/** What is read: an object or a query, all of it or what is new, with a look at the first rows. */
export function ReadItems({ can, objects, source }: ReadItemsProps) {
  const { t } = useT()
  const format = useFormat()
  const form = Form.useFormInstance<SourceValues>()
  const by = Form.useWatch('by', form)
  const object = Form.useWatch('object', form)
  const mode = Form.useWatch('mode', form)
  const preview = useAction(operations.previewSource)
  const found = objects?.find(({ name }) => name === object)
  const columns: readonly SourceColumnView[] = preview.data?.columns ?? found?.columns ?? []
  const look = (): void => preview.mutate({ body: { ...reachOf(form.getFieldsValue(true), source), from: fromOf(form.getFieldsValue(true)) } })
  const words = ({ name, title, rows }: SourceObjectView): string => [name, title, rows === null ? null : t('sources.aboutRows', { figure: format.number(rows) })].filter(Boolean).join(' · ')
  return (
    <>
      {can.query && (
        <Form.Item name="by" label={t('sources.by')}>
          <Radio.Group options={(['object', 'query'] as const).map((value) => ({ value, label: t(`sources.bys.${value}`) }))} />
        </Form.Item>
      )}
      {by === 'query'
        ? <Form.Item name="query" label={t('sources.query')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input.TextArea rows={5} maxLength={20_000} className="dt-mono" /></Form.Item>
        : can.list && (
          <Form.Item name="object" label={t('sources.object')} extra={objects === undefined ? t('sources.objectHint') : undefined} rules={[{ required: true, whitespace: true, message: t('common.required') }]}>
            <AutoComplete options={(objects ?? []).map((one) => ({ value: one.name, label: words(one) }))} showSearch={{ filterOption: (typed, option) => String(option?.label ?? '').toLowerCase().includes(typed.toLowerCase()) }} />
          </Form.Item>
        )}
      <div className="dt-source-actions">
        <Button loading={preview.isPending} onClick={look}>{t('sources.preview')}</Button>
      </div>
      {preview.error && <ErrorState error={preview.error} />}
      {preview.data && <FirstRows preview={preview.data} />}
      <Form.Item name="mode" label={t('sources.mode')}>
        <Radio.Group options={(['full', ...(can.incremental ? ['incremental'] as const : []), ...(can.changes && by !== 'query' ? ['changes'] as const : [])] as const).map((value) => ({ value, label: t(`sources.modes.${value}`) }))} />
      </Form.Item>
      {mode === 'incremental' && <IncrementalItems columns={columns} isOfRows={can.list} />}
    </>
  )
}

/** How new rows are known, and which rows they take the place of. */
function IncrementalItems({ columns, isOfRows }: { readonly columns: readonly SourceColumnView[]; readonly isOfRows: boolean }) {
  const { t } = useT()
  const marks = columns.filter(({ canMark }) => canMark).map(({ name, comment }) => ({ value: name, label: comment === null ? name : `${name} · ${comment}` }))
  const required = isOfRows ? [{ required: true, message: t('common.required') }] : []
  return (
    <div className="dt-form-grid">
      <Form.Item name="markColumn" label={t('sources.markColumn')} extra={t(isOfRows ? 'sources.markHint' : 'sources.markOfFilesHint')} rules={required}>
        <AutoComplete allowClear options={marks} />
      </Form.Item>
      <Form.Item name="keyColumns" label={t('sources.keyColumns')} extra={t('sources.keyHint')}>
        <Select mode="tags" options={columns.map(({ name }) => ({ value: name, label: name }))} tokenSeparators={[',', '，']} />
      </Form.Item>
    </div>
  )
}

function FirstRows({ preview: { columns, key, rows } }: { readonly preview: Preview }) {
  const { t } = useT()
  return (
    <div className="dt-source-preview" role="region" aria-label={t('sources.preview')} tabIndex={0}>
      <table>
        <thead>
          <tr>{columns.map((column) => <th key={column.name} scope="col">{column.name}{key.includes(column.name) && <span className="dt-secondary"> ({t('sources.key')})</span>}<div className="dt-secondary dt-mono">{column.sourceType}</div></th>)}</tr>
        </thead>
        <tbody>{rows.map((row, index) => <tr key={index}>{row.map((text, at) => <td key={at}>{text ?? <span className="dt-secondary">–</span>}</td>)}</tr>)}</tbody>
      </table>
      {rows.length === 0 && <p className="dt-secondary">{t('sources.noRowsHere')}</p>}
    </div>
  )
}
