import { operations, type ResponseOf } from '@datong/contracts'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useApi } from '../../shared/api/hooks.ts'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ListTable } from '../../shared/ui/list-table.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { Empty, Loaded } from '../../shared/ui/states.tsx'

type Explanation = ResponseOf<typeof operations.explainSearch>

/** How a query is understood, and what each word gives its first entries. */
export function SearchTest() {
  const { t } = useT()
  const [typed, setTyped] = useState('')
  const [q, setQ] = useState('')
  const answer = useApi(operations.explainSearch, { query: { q } }, { enabled: q !== '', keepPrevious: true })
  return (
    <Panel title={t('search.test.title')}>
      <p className="dt-secondary">{t('search.test.hint')}</p>
      <Form layout="inline" role="search" onFinish={() => setQ(typed.trim())} style={{ gap: 8 }}>
        <Input aria-label={t('search.test.q')} placeholder={t('search.test.q')} value={typed} maxLength={1000} style={{ flex: '1 1 260px' }} onChange={(event) => setTyped(event.target.value)} />
        <Button type="primary" htmlType="submit" disabled={typed.trim() === ''}>{t('search.test.run')}</Button>
      </Form>
      {q !== '' && <Loaded of={answer} rows={4}>{(explanation) => <Explained explanation={explanation} q={q} />}</Loaded>}
    </Panel>
  )
}

function Explained({ explanation: { words, match, didYouMean, total, hits }, q }: { readonly explanation: Explanation; readonly q: string }) {
  const { t } = useT()
  const format = useFormat()
  if (words.length === 0) return <Empty title={t('search.test.nothing')} />
  const score = (value: number): string => value.toFixed(2)
  return (
    <div style={{ marginTop: 12 }}>
      <p role="status">
        {match === 'corrected' && <>{t('search.corrected', { words: q })} <b lang="zh-CN">{didYouMean}</b> · </>}
        {match === 'some' && <>{t('search.some', { words: q })} </>}
        {match === 'all' && didYouMean !== null && <>{t('search.didYouMean')} <b lang="zh-CN">{didYouMean}</b> · </>}
        {t('search.test.total', { count: total })}
      </p>
      <ListTable
        label={t('search.test.words')} size="small" rows={words.map((word, at) => ({ ...word, at }))} rowKey={({ at }) => String(at)}
        columns={[
          { key: 'source', title: t('search.test.source'), render: ({ source }) => <span lang="zh-CN">{source}</span> },
          {
            key: 'ways', title: t('search.test.ways'),
            render: ({ ways }) => <span lang="zh-CN">{ways.slice(0, 12).map(({ text, way, entries }) => `${text}（${t(`search.way.${way}`)} ${format.number(entries)}）`).join(' ')}{ways.length > 12 && ' …'}</span>,
          },
        ]}
      />
      {hits.length > 0 && (
        <ListTable
          label={t('search.test.hits')} size="small" rows={hits} rowKey={({ code }) => code}
          columns={[
            { key: 'title', title: t('search.test.hits'), render: ({ code, title }) => <Link to={`/console/catalog/${code}`} lang="zh-CN">{title}</Link> },
            { key: 'score', title: t('search.test.score'), render: (hit) => score(hit.score) },
            { key: 'shares', title: t('search.test.words'), render: ({ shares }) => <span lang="zh-CN">{shares.map((share) => `${share.source} ${score(share.score)}`).join(' · ')}</span> },
          ]}
        />
      )}
    </div>
  )
}
