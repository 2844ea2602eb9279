import { type CodeListView, type CodeView, operations } from '@datong/contracts'
import { Breadcrumb, Button, Input } from 'antd'
import { useState } from 'react'
import { usePages } from '../../shared/api/use-pages.ts'
import { useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { DataTable } from '../../shared/ui/data-table.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { pick } from '../../shared/ui/pick.ts'
import { SearchBox } from '../../shared/ui/search-box.tsx'
import { CodeHistory } from './code-history.tsx'

/** The codes of a list on a day, level by level, or those that are searched for. */
export function CodeBrowser({ list }: { readonly list: CodeListView }) {
  const { t } = useT()
  const name = useName()
  const [date, setDate] = useState('')
  const [words, setWords] = useState<string | undefined>()
  const [path, setPath] = useState<readonly CodeView[]>([])
  const [chosen, setChosen] = useState<string | null>(null)
  const parent = path.at(-1)
  const day = /^\d{4}-\d\d-\d\d$/.test(date) ? date : undefined
  const pages = usePages(operations.listCodes, { params: { id: list.id }, query: { ...pick('date', day), ...pick('q', words), ...(words ? {} : pick('parent', parent?.code)) }, size: 50 })
  const version = pages.answer.data
  return (
    <Panel title={t('standards.codes')} flush extra={version?.label && <span className="dt-secondary">{t('standards.asOf', { label: version.label, date: version.from ?? t('standards.sinceInstallation') })}</span>}>
      <div className="dt-filters">
        <SearchBox value={words} placeholder={t('standards.searchCodes')} onSearch={setWords} />
        <label className="dt-chips">{t('standards.onDay')} <Input type="date" value={date} onChange={(event) => setDate(event.target.value)} style={{ width: 160 }} /></label>
        {!words && path.length > 0 && (
          <Breadcrumb items={[{ title: <Button type="link" size="small" onClick={() => setPath([])}>{t('standards.top')}</Button> }, ...path.map((code, index) => ({ title: <Button type="link" size="small" onClick={() => setPath(path.slice(0, index + 1))}>{name(code)}</Button> }))]} />
        )}
      </div>
      <DataTable<CodeView>
        label={t('standards.codes')} pages={pages} rowKey={({ code }) => code} empty={{ title: t('standards.noCodes'), hint: t('standards.noCodesHint') }}
        columns={[
          { key: 'code', title: t('standards.code'), render: (one) => <span className="dt-mono">{one.code}</span> },
          { key: 'name', title: t('standards.codeName'), render: (one) => (one.below > 0 ? <Button type="link" size="small" onClick={() => { setWords(undefined); setPath(words ? [one] : [...path, one]) }}>{name(one)}</Button> : <span className="dt-std-leaf">{name(one)}</span>) },
          { key: 'below', title: t('standards.below'), align: 'right', render: (one) => (one.below > 0 ? one.below : '') },
          { key: 'history', title: t('standards.history'), render: (one) => <Button size="small" onClick={() => setChosen(one.code)} aria-label={`${one.code} ${t('standards.history')}`}>{t('standards.history')}</Button> },
        ]}
      />
      {chosen !== null && <CodeHistory list={list.id} code={chosen} {...pick('date', day)} onClose={() => setChosen(null)} />}
    </Panel>
  )
}
