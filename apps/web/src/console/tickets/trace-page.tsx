import { operations, ProblemError, type QueryOf } from '@datong/contracts'
import { Button, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { useApi } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { useT } from '../../shared/i18n/use-t.ts'
import { Panel } from '../../shared/ui/page-header.tsx'
import { pick } from '../../shared/ui/pick.ts'
import { Empty, Loaded } from '../../shared/ui/states.tsx'
import { OwnEntrySelect } from '../lists/own-entry-select.tsx'
import { TraceView } from './trace-view.tsx'

interface Values {
  readonly entry?: string | null
  readonly field?: string
  readonly by?: string
  readonly is?: string
  readonly row?: number | null
  readonly version?: number | null
}

type Query = QueryOf<typeof operations.traceCell>
const CODE = /^[1-9][0-9]{5,11}-[0-9]{6}$/

/** 溯源: asks for a cell by its row, and shows the line of the file that it was read from and who answers for it. */
export function TracePage() {
  const { t } = useT()
  const { has, user } = useSession()
  const [search, setSearch] = useSearchParams()
  const asked = readAsked(search)
  const [code, setCode] = useState(asked?.code ?? '')
  const entry = useApi(operations.getEntry, { params: { code } }, { enabled: CODE.test(code) })
  const trace = useApi(operations.traceCell, { params: { code: asked?.code ?? '' }, query: asked?.query ?? { field: '' } }, { enabled: asked !== null })
  const fields = (entry.data?.fields ?? []).map(({ name }) => ({ value: name, label: name }))
  const own = has('provider') ? user?.organisation?.code : undefined
  const required = [{ required: true, message: t('common.required') }]
  const submit = ({ entry: chosen, field, by, is, row, version }: Values): void => setSearch(new URLSearchParams(Object.entries({
    entry: toCode(chosen), field, ...(row ? { row: String(row) } : { by, is: is?.trim() }), version: version ? String(version) : undefined,
  }).flatMap(([key, value]): [string, string][] => (value ? [[key, value]] : []))))
  const missing = trace.error instanceof ProblemError && trace.error.problem.status === 404
  return (
    <>
      <Panel title={t('tickets.traceTab')}>
        <p className="dt-secondary dt-ticket-text">{t(own ? 'tickets.traceIntro' : 'tickets.traceIntroOther')}</p>
        <Form<Values>
          layout="vertical" className="dt-form-grid" onFinish={submit}
          initialValues={{ entry: asked?.code, field: asked?.query.field, by: asked?.query.by, is: asked?.query.is, row: asked?.query.row, version: asked?.query.version }}
          onValuesChange={(changed: Values) => 'entry' in changed && setCode(toCode(changed.entry))}
        >
          <Form.Item name="entry" label={t('lists.entry')} rules={required}>{own ? <OwnEntrySelect organisation={own} known={entry.data ?? null} /> : <Input placeholder="306007-000123" maxLength={30} />}</Form.Item>
          <Form.Item name="field" label={t('tickets.whichField')} rules={required}><Select showSearch={{ optionFilterProp: 'label' }} options={fields} /></Form.Item>
          {own && <Form.Item name="by" label={t('tickets.whichRow')}><Select allowClear placeholder={t('tickets.rowField')} showSearch={{ optionFilterProp: 'label' }} options={fields} /></Form.Item>}
          {own && <Form.Item name="is" label={t('tickets.rowValue')}><Input maxLength={500} /></Form.Item>}
          <Form.Item name="row" label={t(own ? 'tickets.orRow' : 'tickets.rowNumber')} rules={own ? [] : required}><InputNumber min={1} precision={0} style={{ width: '100%' }} /></Form.Item>
          <Form.Item name="version" label={t('tickets.traceVersion')}><InputNumber min={1} precision={0} style={{ width: '100%' }} placeholder={t('tickets.way.current')} /></Form.Item>
          <div className="dt-form-wide"><Button type="primary" htmlType="submit">{t('tickets.traceTab')}</Button></div>
        </Form>
      </Panel>
      {asked && (
        <Panel title={t('tickets.traceFound')}>
          {missing ? <Empty title={t('tickets.noCell')} hint={t('tickets.noCellHint')} /> : <Loaded of={trace} rows={6}>{(data) => <TraceView trace={data} />}</Loaded>}
        </Panel>
      )}
    </>
  )
}

/** As people write it: `306007/000123`. */
const toCode = (text: string | null | undefined): string => (text ?? '').trim().replace('/', '-')

/** What the address asks for; null while it asks for nothing whole. */
function readAsked(search: URLSearchParams): { readonly code: string; readonly query: Query } | null {
  const [code, field, by, is] = ['entry', 'field', 'by', 'is'].map((name) => search.get(name) ?? '') as [string, string, string, string] // one for each name
  const [row, version] = ['row', 'version'].map((name) => Number(search.get(name)) || undefined) as [number | undefined, number | undefined] // one for each name
  if (!CODE.test(code) || field === '' || (row === undefined && (by === '' || is === ''))) return null
  return { code, query: { field, ...(row === undefined ? { by, is } : { row }), ...pick('version', version) } }
}
