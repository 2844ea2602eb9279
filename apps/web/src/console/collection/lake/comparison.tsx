import { operations, type Entry, type Version, type VersionComparison } from '@datong/contracts'
import { Select } from 'antd'
import { useState } from 'react'
import { useApi } from '../../../shared/api/hooks.ts'
import { useSession } from '../../../shared/api/session.tsx'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { ListTable } from '../../../shared/ui/list-table.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { Empty, Loaded } from '../../../shared/ui/states.tsx'
import '../collection.css'

/** What became of the rows between two versions: figures for those who oversee, first rows for the department itself. */
export function Comparison({ entry }: { readonly entry: Entry }) {
  const { t } = useT()
  const versions = useApi(operations.listVersions, { params: { code: entry.code } })
  return (
    <Panel title={t('lake.compare.title')}>
      <Loaded of={versions} rows={3}>
        {({ items }) => {
          const kept = items.filter(({ ended }) => !ended)
          return kept.length < 2 ? <Empty title={t('lake.compare.one')} hint={t('lake.compare.oneHint')} /> : <Chosen entry={entry} versions={kept} />
        }}
      </Loaded>
    </Panel>
  )
}

function Chosen({ entry, versions }: { readonly entry: Entry; readonly versions: readonly Version[] }) {
  const { t } = useT()
  const format = useFormat()
  const { can } = useSession()
  const [newest, before] = [versions[0]!, versions[1]!] // at least two
  const [from, setFrom] = useState(before.number)
  const [to, setTo] = useState(newest.number)
  const [key, setKey] = useState<readonly string[]>(entry.fields.filter(({ identifier }) => identifier).map(({ name }) => name))
  const query = { from, to, key: key.join(',') }
  const found = useApi(operations.compareVersions, { params: { code: entry.code }, query }, { enabled: from !== to })
  const rows = can(operations.readComparison) && entry.allowedActions.includes('load')
  const options = versions.map(({ number, createdAt }) => ({ value: number, label: `v${number} · ${format.dateTime(createdAt)}` }))
  return (
    <>
      <div className="dt-compare-choice" role="group" aria-label={t('lake.compare.title')}>
        <label>{t('lake.compare.from')}<Select value={from} onChange={setFrom} options={options} /></label>
        <label>{t('lake.compare.to')}<Select value={to} onChange={setTo} options={options} /></label>
        <label>{t('lake.compare.key')}<Select mode="multiple" value={[...key]} onChange={setKey} placeholder={t('lake.compare.wholeRows')} options={newest.fields.map(({ name }) => ({ value: name, label: name }))} style={{ minWidth: 220 }} /></label>
      </div>
      {from === to ? <Empty title={t('lake.compare.same')} /> : (
        <Loaded of={found} rows={4}>
          {(data) => (
            <>
              <Figures comparison={data} />
              <Fields comparison={data} />
              {rows && <FirstRows code={entry.code} query={query} />}
            </>
          )}
        </Loaded>
      )}
    </>
  )
}

function Figures({ comparison: { rows } }: { readonly comparison: VersionComparison }) {
  const { t } = useT()
  const format = useFormat()
  return (
    <div className="dt-sum" role="group" aria-label={t('lake.compare.rows')}>
      {(['added', 'removed', 'changed', 'unchanged'] as const).map((kind) => (
        <div key={kind} className={kind === 'added' ? 'dt-sum-jade' : kind === 'removed' || kind === 'changed' ? 'dt-sum-gamboge' : undefined}>
          <span className="dt-figure-value">{format.number(rows[kind])}</span><span className="dt-figure-label">{t(`lake.compare.${kind}`)}</span>
        </div>
      ))}
    </div>
  )
}

function Fields({ comparison: { fields, schema } }: { readonly comparison: VersionComparison }) {
  const { t } = useT()
  const format = useFormat()
  const changes = [
    ...schema.added.map(({ name, type }) => `+ ${name} (${t(`common.fieldType.${type}`)})`),
    ...schema.removed.map(({ name }) => `− ${name}`),
    ...schema.retyped.map(({ name, before, after }) => `${name}: ${t(`common.fieldType.${before}`)} → ${t(`common.fieldType.${after}`)}`),
  ]
  if (fields.length + changes.length === 0) return null
  return (
    <dl className="dt-def" style={{ margin: '16px 0' }}>
      {changes.length > 0 && <><dt>{t('lake.compare.schema')}</dt><dd><ul className="dt-issues">{changes.map((one) => <li key={one}>{one}</li>)}</ul></dd></>}
      {fields.length > 0 && <><dt>{t('lake.compare.fields')}</dt><dd>{fields.slice(0, 20).map(({ field, changed }) => `${field} ${format.number(changed)}`).join(' · ')}</dd></>}
    </dl>
  )
}

type Cell = string | number | boolean | null
interface Shown {
  readonly id: string
  readonly kind: 'added' | 'removed' | 'changed'
  readonly before: readonly Cell[] | null
  readonly after: readonly Cell[] | null
}

/** Fields of a row that are shown beside each other; the others would not be read. */
const MOST_COLUMNS = 12

function FirstRows({ code, query }: { readonly code: string; readonly query: { from: number; to: number; key: string } }) {
  const { t } = useT()
  const found = useApi(operations.readComparison, { params: { code }, query: { ...query, limit: 10 } })
  return (
    <Loaded of={found} rows={4}>
      {({ fields, added, removed, changed }) => {
        const rows: Shown[] = [
          ...changed.map((one, index): Shown => ({ id: `c${index}`, kind: 'changed', ...one })),
          ...added.map((after, index): Shown => ({ id: `a${index}`, kind: 'added', before: null, after })),
          ...removed.map((before, index): Shown => ({ id: `r${index}`, kind: 'removed', before, after: null })),
        ]
        if (rows.length === 0) return null
        return (
          <ListTable<Shown>
            rows={rows} rowKey={({ id }) => id} label={t('lake.compare.firstRows')} size="small"
            columns={[
              { key: 'kind', title: t('lake.compare.kind'), render: ({ kind }) => t(`lake.compare.${kind}`) },
              ...fields.slice(0, MOST_COLUMNS).map((field, index) => ({ key: `f${index}`, title: field, render: (row: Shown) => <CellChange before={row.before?.[index]} after={row.after?.[index]} /> })),
            ]}
          />
        )
      }}
    </Loaded>
  )
}

function CellChange({ before, after }: { readonly before: Cell | undefined; readonly after: Cell | undefined }) {
  const said = (cell: Cell | undefined): string => (cell === null || cell === undefined || cell === '' ? '–' : String(cell))
  if (before === undefined || after === undefined || before === after) return <>{said(after === undefined ? before : after)}</>
  return <><span className="dt-compare-was">{said(before)}</span><strong>{said(after)}</strong></>
}
