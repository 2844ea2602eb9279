import type { operations, ResponseOf } from '@datong/contracts'
import { useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ListTable } from '../../shared/ui/list-table.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'

type Figures = ResponseOf<typeof operations.listEntryClocks>['departments'][number]

/** Clocks that were kept and missed within a year, by department. */
export function KeptTable({ departments }: { readonly departments: readonly Figures[] }) {
  const { t } = useT()
  const name = useName()
  const ended = departments.filter(({ kept, missed }) => kept + missed > 0).toSorted((a, b) => b.missed - a.missed)
  if (ended.length === 0) return null
  return (
    <Panel title={t('clocks.kept')} flush>
      <ListTable<Figures>
        label={t('clocks.kept')} rows={ended} rowKey={({ department }) => department.code}
        columns={[
          { key: 'department', title: t('catalog.column.organisation'), render: ({ department }) => name(department) },
          { key: 'kept', title: t('clocks.inTime'), render: ({ kept }) => <span className="dt-number">{kept}</span> },
          { key: 'missed', title: t('clocks.missed'), render: ({ missed }) => <span className="dt-number">{missed}</span> },
          { key: 'share', title: t('clocks.share'), render: ({ kept, missed }) => `${Math.round((kept / (kept + missed)) * 100)}%` },
        ]}
      />
    </Panel>
  )
}
