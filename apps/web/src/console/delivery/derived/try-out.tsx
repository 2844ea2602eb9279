import { SendOutlined } from '@ant-design/icons'
import { operations, urlOf, type Derived, type ResponseOf } from '@datong/contracts'
import { Alert, Button, Input } from 'antd'
import { useState } from 'react'
import { useT } from '../../../shared/i18n/use-t.ts'
import { CopyButton } from '../../../shared/ui/copy-button.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'
import '../../../shared/ui/rows-table.css'
import { Empty, ErrorState } from '../../../shared/ui/states.tsx'
import { AnswerLine } from '../access/answer-line.tsx'
import { useSending } from '../access/send.ts'
import { RowTable } from '../playground/result-view.tsx'

type Reply = ResponseOf<typeof operations.readDerived>

/** Calls the interface with parameters, as the department's systems do with their keys. */
export function TryOut({ derived: { name, definition, effective } }: { readonly derived: Derived }) {
  const { t } = useT()
  const [values, setValues] = useState<Readonly<Record<string, string>>>({})
  const { busy, answer, error, send } = useSending()
  const path = urlOf(operations.readDerived, { name }, values)
  const missing = definition.parameters.some((one) => one.required && !values[one.name]?.trim())
  const reply = answer?.json as Reply | undefined // the answer of readDerived
  const masked = new Set(effective?.masked)
  return (
    <Panel title={t('derived.tryOut')}>
      <form
        className="dt-work-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (!missing) void send({ method: 'GET', url: path })
        }}
      >
        {definition.parameters.map((one) => (
          <label key={one.name} className="dt-work-row">
            <span className="dt-secondary"><code className="dt-mono">{one.name}</code>{one.required && <span className="dt-work-miss" aria-hidden> *</span>}</span>
            <Input value={values[one.name] ?? ''} required={one.required} placeholder={one.description} onChange={(event) => setValues({ ...values, [one.name]: event.target.value })} />
          </label>
        ))}
        <div className="dt-work-send">
          <Button type="primary" htmlType="submit" icon={<SendOutlined />} loading={busy} disabled={missing}>{t('workbench.send')}</Button>
          <code>GET {decodeURIComponent(path.replaceAll('+', ' '))}</code>
          <CopyButton text={location.origin + path} />
        </div>
      </form>
      <div role="status" className="dt-work-answer">
        {error !== undefined && <ErrorState error={error} />}
        {answer && reply && (
          <>
            <div className="dt-work-result"><span>{t('derived.got', { count: reply.items.length })}</span><AnswerLine answer={answer} /></div>
            {!reply.complete && <Alert type="info" showIcon className="dt-grant-note" title={t('derived.cut')} />}
            {reply.items.length === 0 ? <Empty title={t('common.noRowsMatch')} /> : <RowTable rows={reply.items} fields={Object.keys(reply.items[0] ?? {}).map((column) => ({ name: column, masking: masked.has(column) ? t('derived.maskedMark') : null }))} />}
          </>
        )}
      </div>
    </Panel>
  )
}
