import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { operations, type CheckedView, type View, type ViewInputRef } from '@datong/contracts'
import { Button, Form, Input, Segmented } from 'antd'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { useAction, useApi } from '../../../shared/api/hooks.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { GradeChip } from '../../../shared/ui/chips.tsx'
import { ListTable } from '../../../shared/ui/list-table.tsx'
import { PageHeader, Panel } from '../../../shared/ui/page-header.tsx'
import { ErrorState, Loaded } from '../../../shared/ui/states.tsx'
import { EntryChoice } from './entry-choice.tsx'
import './lake.css'

/** Makes a view. */
export const NewViewPage = () => <ViewEditor view={null} />

/** Gives a view another query. */
export function EditViewPage() {
  const { code = '' } = useParams()
  const view = useApi(operations.getView, { params: { code } })
  return <Loaded of={view} rows={8}>{(data) => <ViewEditor view={data} />}</Loaded>
}

interface Draft {
  readonly name: string
  readonly entryCode: string | null
  readonly title: string
}

function ViewEditor({ view }: { readonly view: View | null }) {
  const { t } = useT()
  const navigate = useNavigate()
  const [title, setTitle] = useState(view?.title ?? '')
  const [layer, setLayer] = useState<'topic' | 'service'>(view?.layer ?? 'topic')
  const [sql, setSql] = useState(view?.sql ?? '')
  const [inputs, setInputs] = useState<readonly Draft[]>(view?.inputs ?? [{ name: 'a', entryCode: null, title: '' }])
  const check = useAction(operations.checkView)
  const create = useAction(operations.createView, (made) => void navigate(`/console/collection/lake/${made.entryCode}`))
  const change = useAction(operations.changeView, (made) => void navigate(`/console/collection/lake/${made.entryCode}`))
  const given = inputs.flatMap(({ name, entryCode }): ViewInputRef[] => (entryCode === null || name.trim() === '' ? [] : [{ name: name.trim(), entryCode }]))
  const ready = given.length > 0 && sql.trim() !== ''
  const setInput = (index: number, part: Partial<Draft>): void => setInputs(inputs.map((one, at) => (at === index ? { ...one, ...part } : one)))
  const save = (): void => (view === null ? create.mutate({ body: { title: title.trim(), layer, sql, inputs: given } }) : change.mutate({ params: { code: view.entryCode }, body: { sql, inputs: given, revision: view.revision } }))
  const error = check.error ?? create.error ?? change.error
  return (
    <>
      <PageHeader back={{ to: view === null ? '/console/collection/lake' : `/console/collection/lake/${view.entryCode}`, text: view === null ? t('lake.title') : view.title }} title={view === null ? t('lake.newView') : t('lake.view.edit', { title: view.title })} />
      <p className="dt-secondary dt-lead">{t('lake.view.intro')}</p>
      <Panel>
        <Form layout="vertical" onFinish={save}>
          {view === null && (
            <>
              <Form.Item label={t('lake.view.name')} required htmlFor="view-title"><Input id="view-title" value={title} maxLength={200} onChange={(event) => setTitle(event.target.value)} /></Form.Item>
              <Form.Item label={t('lake.layer')}><Segmented value={layer} onChange={setLayer} options={(['topic', 'service'] as const).map((value) => ({ value, label: t(`lake.layers.${value}`) }))} aria-label={t('lake.layer')} /></Form.Item>
            </>
          )}
          <Form.Item label={t('lake.view.inputs')} required extra={t('lake.view.inputsHint')}>
            <div className="dt-view-inputs">
              {inputs.map((input, index) => (
                <div key={index} className="dt-view-input">
                  <Input value={input.name} maxLength={60} aria-label={t('lake.view.inputName')} onChange={(event) => setInput(index, { name: event.target.value })} />
                  <EntryChoice value={input.entryCode} title={input.title} onChange={(entryCode, found) => setInput(index, { entryCode, title: found })} />
                  <Button icon={<DeleteOutlined />} aria-label={t('lake.view.removeInput')} disabled={inputs.length === 1} onClick={() => setInputs(inputs.filter((_, at) => at !== index))} />
                </div>
              ))}
            </div>
            <Button icon={<PlusOutlined />} disabled={inputs.length >= 10} onClick={() => setInputs([...inputs, { name: String.fromCharCode(97 + inputs.length), entryCode: null, title: '' }])}>{t('lake.view.addInput')}</Button>
          </Form.Item>
          <Form.Item label={t('lake.view.query')} required htmlFor="view-sql" extra={t('lake.view.queryHint')}>
            <Input.TextArea id="view-sql" className="dt-sql" rows={8} maxLength={20_000} value={sql} onChange={(event) => setSql(event.target.value)} spellCheck={false} placeholder="select a.区, count(*) as 数量 from a group by 1" />
          </Form.Item>
          <span className="dt-chips">
            <Button disabled={!ready} loading={check.isPending} onClick={() => check.mutate({ body: { sql, inputs: given } })}>{t('lake.view.check')}</Button>
            <Button type="primary" htmlType="submit" disabled={!ready || (view === null && title.trim() === '')} loading={create.isPending || change.isPending}>{t(view === null ? 'lake.view.create' : 'lake.view.save')}</Button>
          </span>
        </Form>
        {error && <div style={{ marginTop: 16 }}><ErrorState error={error} /></div>}
      </Panel>
      {check.data && <Checked checked={check.data} />}
    </>
  )
}

/** What the query would give, and what it may read. */
function Checked({ checked: { fields, floor, inputs } }: { readonly checked: CheckedView }) {
  const { t } = useT()
  const nameOf = (code: string): string => inputs.find(({ entryCode }) => entryCode === code)?.name ?? code
  return (
    <Panel title={t('lake.view.result')} extra={<span className="dt-chips">{t('lake.view.floor')} <GradeChip grade={floor} /></span>}>
      <ListTable
        rows={fields} rowKey={({ name }) => name} label={t('lake.view.result')} size="small"
        columns={[
          { key: 'name', title: t('common.field.name'), render: ({ name }) => <strong>{name}</strong> },
          { key: 'type', title: t('lake.view.type'), render: ({ type }) => t(`common.fieldType.${type}`) },
          { key: 'from', title: t('lake.lineage.from'), render: ({ from }) => (from.length === 0 ? '–' : from.map(({ entryCode, field }) => `${nameOf(entryCode)}.${field}`).join(', ')) },
          { key: 'how', title: t('lake.lineage.how'), render: ({ how }) => (how === 'same' ? t('lake.lineage.same') : <code className="dt-excerpt" title={how}>{how}</code>) },
        ]}
      />
      <dl className="dt-def" style={{ marginTop: 16 }}>
        {inputs.map((input) => (
          <div key={input.entryCode} className="dt-def-group">
            <dt>{input.name} · v{input.version} · {t(`lake.basis.${input.basis}`)}</dt>
            <dd>{input.fields.map(({ name }) => name).join(', ')}{input.masked.length > 0 && <span className="dt-secondary"> · {t('lake.view.masked', { fields: input.masked.join(', ') })}</span>}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}
