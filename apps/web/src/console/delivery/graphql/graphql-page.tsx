import { operations, urlOf, type ResponseOf } from '@datong/contracts'
import { PlayCircleOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Input } from 'antd'
import { useState, type ReactNode } from 'react'
import { useT } from '../../../shared/i18n/use-t.ts'
import { EvidenceSeal } from '../../../shared/ui/evidence-seal.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { ErrorState, Loaded } from '../../../shared/ui/states.tsx'
import { AnswerLine } from '../access/answer-line.tsx'
import { useDeliveryAccess } from '../access/delivery-access.tsx'
import { useSending } from '../access/send.ts'
import { CodeBox } from '../workbench/code-box.tsx'
import { exampleQuery, schemaQuery, type IntrospectedType } from './example-query.ts'

type Result = ResponseOf<typeof operations.graphql>

/** GraphQL over all that the caller was granted, beginning with a query made from the schema of this resource. */
export function GraphqlPage() {
  const { code, as, call } = useDeliveryAccess()
  const schema = useQuery({
    queryKey: ['graphql schema', code, as], retry: false,
    queryFn: async ({ signal }) => (await call(operations.graphql, { body: { query: schemaQuery(code) }, signal })).data as { __type: IntrospectedType | null }, // what schemaQuery asks for
  })
  return <Loaded of={schema}>{({ __type: type }) => <Editor key={as} initial={exampleQuery(code, type)} />}</Loaded>
}

function Editor({ initial }: { readonly initial: string }) {
  const { t } = useT()
  const [query, setQuery] = useState(initial)
  const { busy, answer, error, send } = useSending()
  const run = (): void => void send({ method: 'POST', url: urlOf(operations.graphql), body: { query } })
  return (
    <Panel title="GraphQL">
      <p className="dt-secondary dt-lead">{t('workbench.graphql.hint')}</p>
      <Input.TextArea
        className="dt-work-editor" aria-label={t('workbench.graphql.query')} value={query} maxLength={20_000} spellCheck={false} autoSize={{ minRows: 10, maxRows: 28 }} onChange={(event) => setQuery(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) run()
        }}
      />
      <div className="dt-work-send dt-work-answer">
        <Button type="primary" icon={<PlayCircleOutlined />} loading={busy} disabled={query.trim() === ''} onClick={run}>{t('workbench.graphql.run')}</Button>
        <Button disabled={query === initial} onClick={() => setQuery(initial)}>{t('workbench.graphql.reset')}</Button>
        <span className="dt-secondary">Ctrl + Enter</span>
      </div>
      <div role="status" className="dt-work-answer">
        {error !== undefined && <ErrorState error={error} />}
        {answer && <ResultOf result={answer.json as Result /* GraphQL answers in its own form, refusals too */} line={<AnswerLine answer={answer} />} />}
      </div>
    </Panel>
  )
}

function ResultOf({ result, line }: { readonly result: Result; readonly line: ReactNode }) {
  const { t } = useT()
  const receipts = Object.entries(result.extensions?.receipts ?? {})
  return (
    <>
      {result.errors?.map((one, index) => (
        <Alert key={index} type="error" showIcon className="dt-grant-note" title={t.maybe('errors.', one.extensions.code, one.message)} description={<>{one.message} <span className="dt-secondary dt-mono">{one.extensions.code}</span></>} />
      ))}
      <div className="dt-work-result">
        {receipts.length > 1
          ? <span className="dt-answer-line">{receipts.map(([code, id]) => <span key={code} className="dt-answer-line"><EvidenceSeal receiptId={id} /><span className="dt-mono">{code}</span></span>)}</span>
          : line}
      </div>
      {result.data !== undefined && <CodeBox text={JSON.stringify(result.data, null, 2)} label={t('workbench.graphql.answer')} />}
    </>
  )
}
