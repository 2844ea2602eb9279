import { Table } from 'antd'
import { RowBlocks, type BlockColumn } from './row-blocks.tsx'
import { useNarrow } from './use-narrow.ts'
import './data-table.css'

interface ListTableProps<T> {
  readonly rows: readonly T[]
  readonly columns: readonly BlockColumn<T>[]
  readonly rowKey: (row: T) => string
  readonly label: string
  readonly size?: 'small' | 'middle'
}

/** A list that is there as a whole: a table, or blocks on narrow screens. */
export function ListTable<T extends object>({ rows, columns, rowKey, label, size = 'middle' }: ListTableProps<T>) {
  const narrow = useNarrow()
  if (narrow) return <RowBlocks rows={rows} columns={columns} rowKey={rowKey} label={label} />
  return (
    <Table<T>
      aria-label={label} size={size} rowKey={rowKey} dataSource={[...rows]} scroll={{ x: 'max-content' }} pagination={{ pageSize: 50, showSizeChanger: false, hideOnSinglePage: true }}
      columns={columns.map((column) => ({ key: column.key, title: column.title, render: (_: unknown, row: T) => column.render(row) }))}
    />
  )
}
