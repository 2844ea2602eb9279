import type { Lineage } from '@datong/contracts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { ListTable } from '../../../shared/ui/list-table.tsx'
import { useNodeTitle } from './lineage-graph.tsx'

interface Origin {
  readonly field: string
  readonly from: readonly { readonly title: string; readonly field: string; readonly how: string }[]
}

/** The same as the picture, in words: each field of the entry, what it was made of, and how. */
export function OriginsTable({ lineage: { root, nodes, edges } }: { readonly lineage: Lineage }) {
  const { t } = useT()
  const titleOf = useNodeTitle()
  const node = nodes.find(({ id }) => id === root)
  const into = edges.filter(({ to }) => to === root)
  const rows = (node?.fields ?? []).map(({ name }): Origin => ({
    field: name,
    from: into.flatMap((edge) => edge.fields.filter(({ to }) => to === name).map(({ from, how }) => ({ title: titleOf(nodes.find(({ id }) => id === edge.from)!), field: from, how }))), // edges are between nodes
  }))
  return (
    <ListTable<Origin>
      rows={rows} rowKey={({ field }) => field} label={t('lake.lineage.table')}
      columns={[
        { key: 'field', title: t('common.field.name'), render: ({ field }) => <strong>{field}</strong> },
        { key: 'from', title: t('lake.lineage.from'), render: ({ from }) => (from.length === 0 ? <span className="dt-secondary">–</span> : <ul className="dt-issues">{from.map((one) => <li key={`${one.title} ${one.field}`}>{one.title} · {one.field}</li>)}</ul>) },
        { key: 'how', title: t('lake.lineage.how'), render: ({ from }) => { const how = [...new Set(from.map((one) => one.how))].join('; '); return how === '' ? t('lake.lineage.computed') : how === 'same' ? t('lake.lineage.same') : <code className="dt-excerpt" title={how}>{how}</code> } },
      ]}
    />
  )
}
