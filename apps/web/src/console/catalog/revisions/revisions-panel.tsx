import { operations, type Entry, type EntryRevision } from '@datong/contracts'
import { Button, Table } from 'antd'
import { useState } from 'react'
import { useApi } from '../../../shared/api/hooks.ts'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { EvidenceSeal } from '../../../shared/ui/evidence-seal.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { Loaded } from '../../../shared/ui/states.tsx'
import { useNarrow } from '../../../shared/ui/use-narrow.ts'
import { DifferencesView } from './differences-view.tsx'

/** Revisions of the description; any two of them are compared down to a property of an item. */
export function RevisionsPanel({ entry }: { readonly entry: Entry }) {
  const { t } = useT()
  const format = useFormat()
  const narrow = useNarrow()
  const [below, setBelow] = useState<number | undefined>(undefined)
  const [chosen, setChosen] = useState<readonly number[]>([])
  const revisions = useApi(operations.listEntryRevisions, { params: { code: entry.code }, query: { limit: 20, ...(below === undefined ? {} : { before: below }) } }, { keepPrevious: true })
  const [from, to] = [...chosen].sort((a, b) => a - b)

  const what = (revision: EntryRevision) => (
    <>
      <div><strong>{t.maybe('entry.action.', revision.action)}</strong>{revision.changed.length > 0 && <span className="dt-secondary"> {revision.changed.map((key) => t.maybe('entry.key.', key)).join(t('shell.and'))}</span>}</div>
      {revision.reason && <div className="dt-secondary">{revision.reason}</div>}
    </>
  )
  const who = (revision: EntryRevision) => <span>{revision.actor.name} · {format.dateTime(revision.at)}</span>

  return (
    <>
      <Panel title={t('entry.revisions')} flush>
        <p className="dt-secondary" style={{ padding: '0 16px' }}>{t('entry.compareHint')}</p>
        <Loaded of={revisions}>
          {({ items, more }) => (
            <>
              <Table<EntryRevision>
                size="small" rowKey="revision" dataSource={items} pagination={false}
                rowSelection={{
                  hideSelectAll: true, selectedRowKeys: [...chosen], preserveSelectedRowKeys: true,
                  // A third choice takes the place of the first.
                  onChange: (keys) => setChosen(keys.map(Number).slice(-2)),
                  getCheckboxProps: ({ revision }) => ({ 'aria-label': t('entry.revisionNumber', { number: revision }) }),
                }}
                columns={narrow
                  ? [{ key: 'all', title: t('entry.changedKeys'), render: (_, revision) => <><span className="dt-mono">#{revision.revision}</span> {what(revision)}{who(revision)}</> }]
                  : [
                      { key: 'number', title: '#', width: 64, className: 'dt-num', render: (_, { revision }) => revision },
                      { key: 'what', title: t('entry.changedKeys'), render: (_, revision) => what(revision) },
                      { key: 'who', title: t('catalog.version.by'), render: (_, revision) => who(revision) },
                      { key: 'receipt', title: '', width: 56, render: (_, { receiptId }) => receiptId && <EvidenceSeal receiptId={receiptId} /> },
                    ]}
              />
              {(more || below !== undefined) && (
                <div style={{ padding: 12 }} className="dt-chips">
                  {below !== undefined && <Button onClick={() => setBelow(undefined)}>{t('common.previous')}</Button>}
                  {more && <Button onClick={() => setBelow(items.at(-1)?.revision)}>{t('entry.more')}</Button>}
                </div>
              )}
            </>
          )}
        </Loaded>
      </Panel>
      {from !== undefined && to !== undefined && <DifferencesView code={entry.code} from={from} to={to} />}
    </>
  )
}
