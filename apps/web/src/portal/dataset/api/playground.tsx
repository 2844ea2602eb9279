import { SendOutlined } from '@ant-design/icons'
import { operations, urlOf } from '@datong/contracts'
import { Button, Input, InputNumber, Segmented, Select } from 'antd'
import { useState } from 'react'
import { useT } from '../../../shared/i18n/use-t.ts'
import { RowFilters, type RowFilterValue } from '../../../shared/ui/row-filters.tsx'
import '../../../shared/ui/rows-table.css'
import { ErrorState } from '../../../shared/ui/states.tsx'
import { CopyButton } from '../../parts/copy-button.tsx'
import { parseRowsView, rowsQuery } from '../preview/rows-view.ts'
import type { DescribedField } from '../use-rows-access.ts'
import { ReplyView } from './reply-view.tsx'
import { FORMATS, sendRequest, type Format, type Reply } from './send-request.ts'

interface PlaygroundProps {
  readonly code: string
  readonly fields: readonly DescribedField[]
  readonly keyed: boolean
  /** The query to begin with. */
  readonly initial: Readonly<Record<string, string>>
}

/** Puts a request together, sends it, and shows what comes back, refusals too. */
export function Playground({ code, fields, keyed, initial }: PlaygroundProps) {
  const { t } = useT()
  const [select, setSelect] = useState<string[]>([])
  const [filters, setFilters] = useState<readonly RowFilterValue[]>(() => parseRowsView(new URLSearchParams(initial).toString(), fields).filters)
  const [sort, setSort] = useState<string>()
  const [limit, setLimit] = useState(5)
  const [format, setFormat] = useState<Format>('json')
  const [key, setKey] = useState('')
  const [state, setState] = useState<{ busy: boolean; reply?: Reply; error?: unknown }>({ busy: false })

  const query = { ...rowsQuery({ filters, sort }), ...(select.length > 0 ? { select: select.join(',') } : {}), limit }
  const url = location.origin + urlOf(operations.readRows, { code }, query)
  const send = async (): Promise<void> => {
    setState((before) => ({ ...before, busy: true }))
    try {
      setState({ busy: false, reply: await sendRequest(url, format, key.trim()) })
    } catch (error) {
      setState({ busy: false, error })
    }
  }
  const sorts = fields.filter((field) => field.sortable).flatMap(({ name }) => [{ value: name, label: t('portal.api.rising', { field: name }) }, { value: `-${name}`, label: t('portal.api.falling', { field: name }) }])

  return (
    <div className="dtp-play dtp-card">
      <form
        className="dtp-play-form"
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <div className="dtp-play-line">
          <span className="dtp-play-name">{t('portal.api.conditions')}</span>
          <RowFilters fields={fields} value={filters} onChange={setFilters} />
        </div>
        <label className="dtp-play-line">
          <span className="dtp-play-name">{t('portal.api.fields')}</span>
          <Select mode="multiple" allowClear maxTagCount="responsive" placeholder={t('portal.api.allFields')} value={select} onChange={setSelect} options={fields.map(({ name }) => ({ value: name, label: name }))} />
        </label>
        <div className="dtp-play-pair">
          <label className="dtp-play-line">
            <span className="dtp-play-name">{t('portal.api.order')}</span>
            <Select allowClear showSearch placeholder={t('portal.api.noOrder')} value={sort ?? null} onChange={(next) => setSort(next ?? undefined)} options={sorts} />
          </label>
          <label className="dtp-play-line">
            <span className="dtp-play-name">{t('portal.api.limit')}</span>
            <InputNumber min={1} max={1000} value={limit} onChange={(next) => setLimit(next ?? 5)} />
          </label>
        </div>
        <div className="dtp-play-line">
          <span className="dtp-play-name">{t('portal.api.format')}</span>
          <Segmented<Format> value={format} onChange={setFormat} aria-label={t('portal.api.format')} options={[{ value: 'json', label: 'JSON' }, { value: 'csv', label: 'CSV' }, { value: 'ndjson', label: 'NDJSON' }]} />
        </div>
        {keyed && (
          <label className="dtp-play-line">
            <span className="dtp-play-name">{t('portal.api.key')}</span>
            <Input.Password value={key} onChange={(event) => setKey(event.target.value)} autoComplete="off" placeholder={t('portal.api.keyHint')} />
          </label>
        )}
        <div className="dtp-play-send">
          <Button type="primary" htmlType="submit" icon={<SendOutlined />} loading={state.busy}>{t('portal.api.send')}</Button>
          <code title={FORMATS[format]}>GET {decodeURIComponent(url.replace(location.origin, '').replaceAll('+', ' '))}</code>
          <CopyButton size="small" text={url} label={t('portal.api.copyAddress')} />
        </div>
      </form>
      <div role="status">
        {state.error !== undefined && <ErrorState error={state.error} onRetry={() => void send()} />}
        {state.reply && <ReplyView reply={state.reply} />}
      </div>
    </div>
  )
}
