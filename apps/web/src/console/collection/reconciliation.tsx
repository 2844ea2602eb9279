import type { Load } from '@datong/contracts'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Chip } from '../../shared/ui/chips.tsx'
import { ListTable } from '../../shared/ui/list-table.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'

type Reconciled = NonNullable<Load['reconciliation']>

/** Rows and content at the source, as they came in, and in the lake, beside each other. */
export function Reconciliation({ reconciliation: { outcome, ...places } }: { readonly reconciliation: Reconciled }) {
  const { t } = useT()
  const format = useFormat()
  const rows = (['source', 'received', 'lake'] as const).map((place) => ({ place, count: places[place] }))
  return (
    <Panel title={t('collection.reconciliationTitle')} extra={<Chip tone={outcome === 'moved' ? 'gamboge' : 'jade'}>{t(`collection.reconciliation.${outcome}`)}</Chip>}>
      <p className="dt-secondary">{t(`collection.reconciliationHint.${outcome}`)}</p>
      <ListTable
        rows={rows} rowKey={({ place }) => place} label={t('collection.reconciliationTitle')} size="small"
        columns={[
          { key: 'place', title: '', render: ({ place }) => t(`collection.at.${place}`) },
          { key: 'rows', title: t('collection.column.read'), render: ({ count }) => (count === null ? <span className="dt-secondary">{t('collection.noCount')}</span> : t('collection.rowsCount', { count: count.rows, figure: format.number(count.rows) })) },
          { key: 'hash', title: t('collection.contentHash'), render: ({ count }) => <span className="dt-mono dt-secondary">{count?.hash ?? '–'}</span> },
        ]}
      />
    </Panel>
  )
}
