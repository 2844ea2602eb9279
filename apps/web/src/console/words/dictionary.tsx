import { DeleteOutlined } from '@ant-design/icons'
import { operations, SEARCH_WORD_KINDS, type SearchWord } from '@datong/contracts'
import { Alert, Button, Form, Input, Popconfirm, Segmented } from 'antd'
import { useState } from 'react'
import { useAction, useApi } from '../../shared/api/hooks.ts'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Chip } from '../../shared/ui/chips.tsx'
import { ListTable } from '../../shared/ui/list-table.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { Empty, ErrorState, Loaded } from '../../shared/ui/states.tsx'

const REBUILDING_MS = 3_000

/** Words that are never cut apart, and groups of synonyms. */
export function Dictionary() {
  const { t } = useT()
  const format = useFormat()
  const words = useApi(operations.listSearchWords, {}, { refetchMs: (last) => (last?.rebuilding === true ? REBUILDING_MS : false) })
  const remove = useAction(operations.removeSearchWord)
  const [find, setFind] = useState('')
  const columns = [
    { key: 'phrases', title: t('search.words.phrases'), render: (word: SearchWord) => <span lang="zh-CN">{word.phrases.join(' = ')}</span> },
    { key: 'kind', title: t('search.words.kind'), render: (word: SearchWord) => <>{t(`search.words.kind.${word.kind}`)} {word.shipped && <Chip tone="plain">{t('search.words.shipped')}</Chip>}</> },
    { key: 'by', title: t('search.words.by'), render: (word: SearchWord) => (word.shipped ? '–' : <>{word.changedBy} <span className="dt-secondary">{format.date(word.changedAt)}</span></>) },
    {
      key: 'remove', title: '', render: (word: SearchWord) => {
        const label = t('search.words.remove', { phrases: word.phrases.join('、') })
        return (
          <Popconfirm title={label} onConfirm={() => remove.mutate({ params: { id: word.id } })} okText={t('common.yes')} cancelText={t('common.cancel')}>
            <Button type="text" icon={<DeleteOutlined />} aria-label={label} />
          </Popconfirm>
        )
      },
    },
  ]
  return (
    <Panel title={t('search.words.title')}>
      <p className="dt-secondary">{t('search.words.hint')}</p>
      {words.data?.rebuilding === true && <Alert type="info" showIcon title={t('search.words.rebuilding')} style={{ marginBottom: 12 }} />}
      <AddWord />
      {remove.error !== null && <ErrorState error={remove.error} />}
      <Loaded of={words} rows={6}>
        {({ items }) => {
          if (items.length === 0) return <Empty title={t('search.words.empty')} hint={t('search.words.emptyHint')} />
          const shown = items.filter(({ phrases }) => phrases.some((phrase) => phrase.toLowerCase().includes(find.trim().toLowerCase())))
          return (
            <>
              <Input className="dt-filter-search" allowClear value={find} maxLength={40} placeholder={t('search.words.find')} aria-label={t('search.words.find')} onChange={(event) => setFind(event.target.value)} style={{ margin: '12px 0' }} />
              {shown.length === 0 ? <Empty title={t('search.words.none')} /> : <ListTable rows={shown} columns={columns} rowKey={({ id }) => String(id)} label={t('search.words.title')} size="small" />}
            </>
          )
        }}
      </Loaded>
    </Panel>
  )
}

function AddWord() {
  const { t } = useT()
  const [kind, setKind] = useState<SearchWord['kind']>('synonym')
  const [text, setText] = useState('')
  const add = useAction(operations.addSearchWord, () => setText(''))
  const phrases = kind === 'word' ? [text.trim()] : text.split(/[,，、;；=]/).map((phrase) => phrase.trim()).filter((phrase) => phrase !== '')
  const whole = phrases.every((phrase) => phrase.length >= 2) && phrases.length >= (kind === 'word' ? 1 : 2)
  return (
    <Form layout="inline" onFinish={() => { if (whole) add.mutate({ body: { kind, phrases } }) }} style={{ gap: 8 }}>
      <Segmented<SearchWord['kind']> aria-label={t('search.words.kind')} value={kind} onChange={setKind} options={SEARCH_WORD_KINDS.map((value) => ({ value, label: t(`search.words.kind.${value}`) }))} />
      <Input
        aria-label={t('search.words.phrases')} lang="zh-CN" value={text} maxLength={400} style={{ flex: '1 1 260px' }} onChange={(event) => setText(event.target.value)}
        placeholder={t(kind === 'word' ? 'search.words.wordHint' : 'search.words.synonymHint')}
      />
      <Button type="primary" htmlType="submit" disabled={!whole} loading={add.isPending}>{t('search.words.add')}</Button>
      {add.error !== null && <div style={{ flexBasis: '100%' }}><ErrorState error={add.error} /></div>}
    </Form>
  )
}
