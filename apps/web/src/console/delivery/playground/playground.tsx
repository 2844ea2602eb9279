import { SendOutlined } from '@ant-design/icons'
import type { Rows } from '@datong/contracts'
import { Button, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { RowFilters } from '../../../shared/ui/row-filters.tsx'
import { ErrorState } from '../../../shared/ui/states.tsx'
import { useSending } from '../access/send.ts'
import { SendLine } from '../workbench/send-line.tsx'
import type { Description } from './description.ts'
import { ResultView } from './result-view.tsx'
import { rowsPath, type RowsRequest } from './rows-request.ts'

/** The request as a form, its address, and the answer. Nothing is sent before it is asked for: each call counts. */
export function Playground({ description }: { readonly description: Description }) {
  const { t } = useT()
  const { code, fields } = description
  const [request, setRequest] = useState<RowsRequest>({ filters: [], select: [], sort: undefined, limit: 20 })
  const [sent, setSent] = useState<{ request: RowsRequest; cursors: readonly string[] }>({ request, cursors: [] })
  const { busy, answer, error, send } = useSending()
  const change = (part: Partial<RowsRequest>): void => setRequest({ ...request, ...part })
  const ask = (asked: RowsRequest, cursors: readonly string[]): void => {
    setSent({ request: asked, cursors })
    void send({ method: 'GET', url: rowsPath(code, asked, cursors.at(-1)) })
  }
  const path = rowsPath(code, request)
  const sorts = fields.filter((field) => field.sortable).flatMap(({ name }) => [{ value: name, label: t('workbench.rising', { field: name }) }, { value: `-${name}`, label: t('workbench.falling', { field: name }) }])
  const page = answer?.json as Rows | undefined // the answer of readRows

  return (
    <Panel title={t('workbench.rows.title')}>
      <form
        className="dt-work-form"
        onSubmit={(event) => {
          event.preventDefault()
          ask(request, [])
        }}
      >
        <div className="dt-work-row">
          <span className="dt-secondary">{t('workbench.rows.conditions')}</span>
          {fields.some((field) => field.filters.length > 0)
            ? <RowFilters fields={fields} value={request.filters} onChange={(filters) => change({ filters })} />
            : <span>{t('workbench.rows.noConditions')}</span>}
        </div>
        <label className="dt-work-row">
          <span className="dt-secondary">{t('workbench.rows.fields')}</span>
          <Select mode="multiple" allowClear maxTagCount="responsive" placeholder={t('workbench.rows.allFields', { count: fields.length })} value={[...request.select]} onChange={(select) => change({ select })} options={fields.map(({ name }) => ({ value: name, label: name }))} />
        </label>
        <label className="dt-work-row">
          <span className="dt-secondary">{t('workbench.rows.sort')}</span>
          <Select allowClear showSearch placeholder={t('workbench.rows.noSort')} value={request.sort ?? null} onChange={(sort) => change({ sort: sort ?? undefined })} options={sorts} />
        </label>
        <label className="dt-work-row">
          <span className="dt-secondary">{t('workbench.rows.limit')}</span>
          <InputNumber min={1} max={1000} value={request.limit} onChange={(limit) => change({ limit: limit ?? 20 })} />
        </label>
        <SendLine path={path}><Button type="primary" htmlType="submit" icon={<SendOutlined />} loading={busy}>{t('workbench.send')}</Button></SendLine>
      </form>
      <div role="status" className="dt-work-answer">
        {error !== undefined && <ErrorState error={error} />}
        {answer && page && (
          <ResultView
            answer={answer} page={page} fields={fields} index={sent.cursors.length} size={sent.request.limit}
            onPrevious={sent.cursors.length > 0 ? () => ask(sent.request, sent.cursors.slice(0, -1)) : undefined}
            onNext={page.nextCursor === null ? undefined : () => ask(sent.request, [...sent.cursors, page.nextCursor ?? ''])}
          />
        )}
      </div>
    </Panel>
  )
}
