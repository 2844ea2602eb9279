import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { useMaskingNames } from '../../../shared/ui/masking-names.ts'
import { CellText, FieldHead } from '../../../shared/ui/row-cells.tsx'
import { useGrant } from '../workbench/workbench-page.tsx'
import { WideTable } from '../workbench/wide-table.tsx'
import { compareValues, type Group } from './groups.ts'

/** All groups with their values under the names of the fields. */
export function GroupTable({ by, groups }: { readonly by: readonly string[]; readonly groups: readonly Group[] }) {
  const { t } = useT()
  const format = useFormat()
  const maskName = useMaskingNames()
  const { fields } = useGrant()
  const maskOf = (name: string): string | undefined => {
    const masking = fields.find((field) => field.name === name)?.masking
    return masking ? maskName(masking) : undefined
  }
  return (
    <WideTable<Group>
      className="dt-count-table" label={t('workbench.statistics.table')} rowKey={({ values }) => JSON.stringify(values)} dataSource={[...groups]} pagination={{ pageSize: 20, showSizeChanger: false, hideOnSinglePage: true }}
      columns={[
        ...by.map((name, index) => ({
          key: `field ${name}`, title: <FieldHead name={name} mask={maskOf(name)} />,
          sorter: (a: Group, b: Group) => compareValues(a.values[index], b.values[index]), render: (_: unknown, { values }: Group) => <CellText value={values[index]} />,
        })),
        { key: 'count', title: t('workbench.statistics.count'), align: 'right', sorter: (a, b) => a.count - b.count, defaultSortOrder: 'descend', render: (_, { count }) => format.number(count) },
      ]}
    />
  )
}
