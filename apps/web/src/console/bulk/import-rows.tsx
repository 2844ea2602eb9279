import { BULK_OUTCOMES, BULK_RESULTS, type BulkImport, type BulkOutcome, type BulkResult, type BulkRow, operations } from '@datong/contracts'
import { Segmented } from 'antd'
import { Link } from 'react-router'
import { usePages } from '../../shared/api/use-pages.ts'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Chip, type Tone } from '../../shared/ui/chips.tsx'
import { DataTable } from '../../shared/ui/data-table.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { pick } from '../../shared/ui/pick.ts'
import { oneOf, useFilters } from '../../shared/ui/use-filters.ts'
import { useValueWords } from '../catalog/revisions/value-words.ts'
import { isWorking } from './import-state.tsx'

const OUTCOME_TONE: Record<BulkOutcome, Tone> = { new: 'jade', changed: 'primary', unchanged: 'plain', conflict: 'gamboge', rejected: 'cinnabar' }
const RESULT_TONE: Record<BulkResult, Tone> = { done: 'jade', failed: 'cinnabar', undone: 'plain', kept: 'gamboge' }
/** Differences of one row that are shown. */
const SHOWN = 12

/** What each row of a sheet would change or has changed, with every reason. */
export function ImportRows({ made }: { readonly made: BulkImport }) {
  const { t } = useT()
  const format = useFormat()
  const { values, set } = useFilters(['outcome', 'result'])
  const outcome = oneOf(BULK_OUTCOMES, values.outcome)
  const result = oneOf(BULK_RESULTS, values.result)
  const pages = usePages(operations.listBulkRows, { params: { id: made.id }, query: { ...pick('outcome', outcome), ...pick('result', result) }, size: 50, refetchMs: () => (isWorking(made.state) ? 3_000 : false) })
  const results = BULK_RESULTS.filter((one) => made.results[one] > 0)
  return (
    <Panel flush>
      <div className="dt-filters dt-bulk-filters">
        <Segmented
          value={outcome ?? 'all'} onChange={(value) => set('outcome', value === 'all' ? undefined : value)}
          options={[{ value: 'all', label: t('common.all') }, ...BULK_OUTCOMES.map((value) => ({ value, label: `${t(`bulk.outcome.${value}`)} ${format.number(made.counts[value])}` }))]}
        />
        {results.length > 0 && (
          <Segmented
            value={result ?? 'all'} onChange={(value) => set('result', value === 'all' ? undefined : value)}
            options={[{ value: 'all', label: t('common.all') }, ...results.map((value) => ({ value, label: `${t(`bulk.result.${value}`)} ${format.number(made.results[value])}` }))]}
          />
        )}
      </div>
      <DataTable<BulkRow>
        label={t('bulk.what')} pages={pages} rowKey={({ number }) => String(number)} empty={{ title: t('bulk.noRows') }}
        columns={[
          { key: 'line', title: t('bulk.line'), align: 'right', width: 70, render: ({ line }) => line },
          { key: 'entry', title: t('bulk.entry'), render: (row) => <div className="dt-cell-title"><EntryName row={row} /><div className="dt-secondary dt-cell-sub dt-mono">{row.entryCode ?? row.code ?? t('bulk.newEntry')}</div></div> },
          { key: 'outcome', title: t('bulk.outcome'), render: (row) => <Chip tone={OUTCOME_TONE[row.outcome]}>{t(`bulk.outcome.${row.outcome}`)}</Chip> },
          ...(results.length > 0 ? [{ key: 'result', title: t('bulk.result'), render: (row: BulkRow) => row.result !== null && <Chip tone={RESULT_TONE[row.result]}>{t(`bulk.result.${row.result}`)}</Chip> }] : []),
          { key: 'what', title: t('bulk.what'), render: (row) => <RowWhat row={row} /> },
        ]}
      />
    </Panel>
  )
}

function EntryName({ row }: { readonly row: BulkRow }) {
  const code = row.entryCode ?? (row.outcome === 'rejected' ? null : row.code)
  return code === null ? <>{row.title || '—'}</> : <Link to={`/console/catalog/${code}`}>{row.title}</Link>
}

function RowWhat({ row }: { readonly row: BulkRow }) {
  const { t } = useT()
  const words = useValueWords()
  const short = (text: string): string => (text.length > 160 ? `${text.slice(0, 160)}…` : text)
  const changes = [
    ...row.changes.map((change) => ({ ...change, name: t.maybe('entry.key.', change.key) })),
    ...row.fieldChanges.flatMap(({ name, properties }) => properties.map((change) => ({ ...change, name: `${name} · ${t.maybe('entry.property.', change.key)}` }))),
  ]
  // Pointers name a property of the contract; a field by its place.
  const partsOf = (pointer: string): string[] => pointer.split('/').filter((part) => part !== '' && !/^\d+$/.test(part) && !UNSAID.has(part))
  const about = (pointer: string): string => partsOf(pointer).map((part) => t.maybe('bulk.property.', part, t.maybe('entry.key.', part, t.maybe('entry.property.', part)))).join(' · ')
  return (
    <ul className="dt-bulk-what">
      {[...row.problems, ...row.resultProblems].map((problem, index) => {
        const said = t.maybe('bulk.problem.', problem.code, t.maybe('errors.', problem.code, ''))
        const subject = about(problem.pointer)
        const key = partsOf(problem.pointer)[0] ?? ''
        const value = SHOWS_VALUE.has(problem.code) ? row.changes.find((change) => change.key === key)?.after : undefined
        return <li key={`p${index}`} className="dt-bulk-problem">{subject === '' ? '' : `${subject}${t.language === 'en' ? ': ' : '：'}`}{said === '' ? problem.message : `${said}${KEEPS_MESSAGE.has(problem.code) && problem.message !== '' ? ` ${short(problem.message)}` : ''}`}{value === undefined ? '' : ` ${words(key, value).slice(0, 60)}`}</li>
      })}
      {row.outcome !== 'rejected' && changes.slice(0, SHOWN).map((change, index) => (
        <li key={`c${index}`}>
          <span className="dt-secondary">{change.name}</span> {row.outcome !== 'new' && <><del>{short(words(change.key, change.before))}</del> <span aria-hidden>→</span> </>}<ins>{short(words(change.key, change.after))}</ins>
        </li>
      ))}
      {row.outcome !== 'rejected' && changes.length > SHOWN && <li className="dt-secondary">{t('bulk.more', { count: changes.length - SHOWN })}</li>}
    </ul>
  )
}

/** Parts of pointers that tell a reader nothing more. */
const UNSAID: ReadonlySet<string> = new Set(['fields', 'from', 'to', 'division'])
/** Problems that are understood from the value. */
const SHOWS_VALUE: ReadonlySet<string> = new Set(['wrong-form', 'maxLength'])
/** Problems whose message is what stands in the file, or where the other one is. */
const KEEPS_MESSAGE: ReadonlySet<string> = new Set(['unknown-word', 'unknown-organisation', 'unknown-entry', 'duplicate-code', 'duplicate-item', 'same-title', 'same-title-in-file', 'wrong-date', 'changed-since', 'unreadable'])
