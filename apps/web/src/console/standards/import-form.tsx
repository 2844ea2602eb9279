import { UploadOutlined } from '@ant-design/icons'
import { operations, ProblemError, type Problem, type StandardsImport } from '@datong/contracts'
import { AutoComplete, Button, Form, Input, Radio, Upload } from 'antd'
import { useState } from 'react'
import { sessionHeaders } from '../../shared/api/client.ts'
import { useApi } from '../../shared/api/hooks.ts'
import { useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ErrorState } from '../../shared/ui/states.tsx'

interface Values {
  readonly kind: 'element' | 'code-list'
  readonly list?: string
  readonly listName?: string
  readonly label?: string
  readonly inForceFrom?: string
}

async function send(file: File, values: Values): Promise<StandardsImport> {
  const form = new FormData()
  // The server reads a stream: what it has to know stands before the file.
  for (const [name, value] of Object.entries(values)) if (typeof value === 'string' && value.trim() !== '') form.append(name, value.trim())
  form.append('file', file)
  const answer = await fetch(operations.previewStandardsImport.path, { method: 'POST', headers: { accept: 'application/json', ...sessionHeaders() }, body: form })
  const body: unknown = await answer.json()
  if (!answer.ok) throw new ProblemError(body as Problem) // refusals are problem+json
  return body as StandardsImport // the server validates its answers against this schema
}

/** Chooses what a file holds and sends it for a preview. */
export function ImportForm({ onRead }: { readonly onRead: (made: StandardsImport) => void }) {
  const { t } = useT()
  const name = useName()
  const [form] = Form.useForm<Values>()
  const [file, setFile] = useState<File | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const kind = Form.useWatch('kind', form)
  const list = Form.useWatch('list', form)
  const lists = useApi(operations.listCodeLists)
  const isNew = kind === 'code-list' && !!list && lists.data !== undefined && !lists.data.items.some(({ id }) => id === list)
  const run = async (values: Values): Promise<void> => {
    if (file === null) return
    setBusy(true)
    setError(null)
    try {
      onRead(await send(file, values))
    } catch (caught) {
      setError(caught)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Form<Values> form={form} layout="vertical" initialValues={{ kind: 'element' }} onFinish={(values) => void run(values)}>
      <Form.Item name="kind" label={t('standards.importKind')}><Radio.Group options={[{ value: 'element', label: t('standards.elements') }, { value: 'code-list', label: t('standards.lists') }]} /></Form.Item>
      <div className="dt-form-grid">
        {kind === 'code-list' && (
          <Form.Item name="list" label={t('standards.list')} extra={t('standards.listHint')} rules={[{ required: true, pattern: /^[A-Z][0-9A-Z._-]{1,40}$/, message: t('standards.listHint') }]}>
            <AutoComplete options={(lists.data?.items ?? []).map((one) => ({ value: one.id, label: `${name(one)} · ${one.id}` }))} showSearch={{ filterOption: (input, option) => String(option?.label).toLowerCase().includes(input.toLowerCase()) }} />
          </Form.Item>
        )}
        {isNew && <Form.Item name="listName" label={t('standards.listName')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input maxLength={100} /></Form.Item>}
        <Form.Item name="inForceFrom" label={t('standards.from')} extra={t('standards.fromHint')}><Input type="date" style={{ width: 200 }} /></Form.Item>
        <Form.Item name="label" label={t('standards.label')} extra={t('standards.labelHint')}><Input maxLength={60} /></Form.Item>
      </div>
      <Form.Item label={t('standards.file')} extra={t('standards.fileHint')}>
        <Upload
          maxCount={1} accept=".xlsx,.xls,.csv,.tsv,.txt" fileList={file === null ? [] : [{ uid: '1', name: file.name }]} onRemove={() => setFile(null)}
          beforeUpload={(chosen) => {
            setFile(chosen)
            return false
          }}
        >
          <Button icon={<UploadOutlined />}>{t('standards.chooseFile')}</Button>
        </Upload>
      </Form.Item>
      {error !== null && <ErrorState error={error} />}
      <Button type="primary" htmlType="submit" disabled={file === null} loading={busy}>{t('standards.preview')}</Button>
    </Form>
  )
}
