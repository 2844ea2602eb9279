import { SettingOutlined } from '@ant-design/icons'
import { Button, Checkbox, Popover, Skeleton, Table } from 'antd'
import { useState, type ReactNode } from 'react'
import type { Pages } from '../api/use-pages.ts'
import { useT } from '../i18n/use-t.ts'
import { Pager } from './pager.tsx'
import { RowBlocks } from './row-blocks.tsx'
import { Empty, ErrorState } from './states.tsx'
import { useNarrow } from './use-narrow.ts'
import './data-table.css'

export interface DataColumn<T> {
  readonly key: string
  readonly title: string
  readonly render: (row: T) => ReactNode
  readonly width?: number
  readonly align?: 'right'
  /** Server's sort key; descending is the same with `-`. Without it the column does not sort. */
  readonly sortKey?: string
  /** Off until the reader chooses it. */
  readonly optional?: boolean
}

interface Page<T> {
  readonly items: readonly T[]
  readonly nextCursor: string | null
  readonly total?: number
}

export interface DataTableProps<T> {
  readonly pages: Pages<Page<T>>
  readonly columns: readonly DataColumn<T>[]
  readonly rowKey: (row: T) => string
  readonly empty: { readonly title: string; readonly hint?: ReactNode; readonly action?: ReactNode }
  readonly label: string
  readonly sort?: string | undefined
  readonly onSort?: (sort: string | undefined) => void
  /** Choosing of rows by their keys, with the bar that acts on the chosen. Rows that nothing can be done with are not choosable. */
  readonly selection?: {
    readonly chosen: readonly string[]
    readonly onChange: (chosen: string[]) => void
    readonly bar: ReactNode
    readonly choosable?: (row: T) => boolean
    /** Name of a row's box, for those who hear it. */
    readonly name: (row: T) => string
  }
}

/** A list that the server pages, filters and sorts; on narrow screens each row becomes a block. */
export function DataTable<T>({ pages, columns, rowKey, empty, label, sort, onSort, selection }: DataTableProps<T>) {
  const { t } = useT()
  const narrow = useNarrow()
  const [shown, setShown] = useState<ReadonlySet<string>>(() => new Set(columns.filter((c) => !c.optional).map((c) => c.key)))
  const { answer } = pages
  const page = answer.data

  if (answer.error && !page) return <div className="dt-table-state"><ErrorState error={answer.error} onRetry={() => void answer.refetch()} /></div>
  if (!page) return <div className="dt-table-state"><Skeleton active title={false} paragraph={{ rows: 6 }} /></div>
  if (page.items.length === 0 && pages.index === 0) return <Empty {...empty} />

  const visible = columns.filter((column) => shown.has(column.key))
  const pager = (
    <Pager index={pages.index} size={pages.size} count={page.items.length} total={page.total} onPrevious={pages.onPrevious} onNext={pages.onNext}>
      {!narrow && columns.some((column) => column.optional) && <ColumnChoice columns={columns} shown={shown} onChange={setShown} />}
    </Pager>
  )

  const choosable = selection?.choosable ?? (() => true)
  const bar = selection && selection.chosen.length > 0 && <div className="dt-bulk-bar" role="region" aria-label={t('common.bulkBar')}>{selection.bar}</div>

  if (narrow) {
    return (
      <>
        {bar}
        <RowBlocks
          rows={page.items} columns={visible} rowKey={rowKey} label={label} busy={answer.isFetching}
          {...(selection ? { choice: { ...selection, choosable } } : {})}
        />
        {pager}
      </>
    )
  }
  const order = (column: DataColumn<T>): 'ascend' | 'descend' | null =>
    sort === column.sortKey ? 'ascend' : sort === `-${column.sortKey}` ? 'descend' : null
  return (
    <>
      {bar}
      <Table<T>
        aria-label={label}
        rowKey={rowKey}
        dataSource={[...page.items]}
        pagination={false}
        size="middle"
        {...(selection ? { className: 'dt-scroll-x' } : { scroll: { x: 'max-content' } })}
        loading={answer.isPlaceholderData && { delay: 200 }}
        showSorterTooltip={{ title: t('common.sortHint') }}
        {...(selection
          ? {
            rowSelection: {
              selectedRowKeys: [...selection.chosen], onChange: (keys) => selection.onChange(keys.map(String)), preserveSelectedRowKeys: true,
              getCheckboxProps: (row) => ({ disabled: !choosable(row), 'aria-label': selection.name(row) }),
            },
          }
          : {})}
        columns={visible.map((column) => ({
          key: column.key,
          title: column.title,
          render: (_: unknown, row: T) => column.render(row),
          ...(column.width ? { width: column.width } : {}),
          ...(column.align ? { align: column.align, className: 'dt-num' } : {}),
          ...(column.sortKey && onSort ? { sorter: true, sortOrder: order(column) } : {}),
        }))}
        onChange={(_pages, _filters, sorter) => {
          const one = Array.isArray(sorter) ? sorter[0] : sorter
          const column = columns.find((c) => c.key === one?.columnKey)
          onSort?.(column?.sortKey && one?.order ? `${one.order === 'descend' ? '-' : ''}${column.sortKey}` : undefined)
        }}
      />
      {pager}
    </>
  )
}

function ColumnChoice<T>({ columns, shown, onChange }: {
  readonly columns: readonly DataColumn<T>[]
  readonly shown: ReadonlySet<string>
  readonly onChange: (shown: ReadonlySet<string>) => void
}) {
  const { t } = useT()
  const list = (
    <Checkbox.Group
      className="dt-column-choice"
      value={[...shown]}
      onChange={(keys) => onChange(new Set(keys))}
      options={columns.map((column, index) => ({ value: column.key, label: column.title, disabled: index === 0 }))}
    />
  )
  return (
    <Popover trigger="click" placement="topRight" content={list}>
      <Button type="text" size="small" icon={<SettingOutlined />}>{t('common.columns')}</Button>
    </Popover>
  )
}
