import type { Operation, QueryOf, ResponseOf } from '@datong/contracts'
import { SettingOutlined } from '@ant-design/icons'
import { Button, Checkbox, Popover, Skeleton, Table } from 'antd'
import { useState, type ReactNode } from 'react'
import { useApi } from '../api/hooks.ts'
import { useT } from '../i18n/use-t.ts'
import { Pager } from './pager.tsx'
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

interface DataTableProps<O extends Operation, T> {
  readonly operation: O
  readonly params?: object
  readonly query?: object
  readonly columns: readonly DataColumn<T>[]
  readonly rowKey: (row: T) => string
  readonly empty: { readonly title: string; readonly hint?: ReactNode; readonly action?: ReactNode }
  readonly label: string
  readonly pageSize?: number
  readonly sort?: string | undefined
  readonly onSort?: (sort: string | undefined) => void
  readonly refetchMs?: number
  /** Sees each page as it arrives (facets, totals). */
  readonly onPage?: (page: ResponseOf<O>) => void
}

/** A list that the server pages, filters and sorts; on narrow screens each row becomes a block. */
export function DataTable<O extends Operation, T>(props: DataTableProps<O, T>) {
  const { operation, columns, rowKey, empty, label, pageSize = 20, sort, onSort, refetchMs } = props
  const { t } = useT()
  const narrow = useNarrow()
  const filterKey = JSON.stringify([props.params, props.query, sort])
  const [place, setPlace] = useState<{ key: string; cursors: readonly string[] }>({ key: filterKey, cursors: [] })
  const cursors = place.key === filterKey ? place.cursors : [] // another filter begins at its first page
  const [shown, setShown] = useState<ReadonlySet<string>>(() => new Set(columns.filter((c) => !c.optional).map((c) => c.key)))

  const query = { ...props.query, ...(sort ? { sort } : {}), limit: pageSize, ...(cursors.length > 0 ? { cursor: cursors.at(-1) } : {}) }
  const answer = useApi(operation, { params: props.params, query } as { params: never; query: QueryOf<O> & never }, { // the caller's parts
    keepPrevious: true,
    ...(refetchMs === undefined ? {} : { refetchMs }),
  })
  const page = answer.data as Page<T> | undefined // every paged operation answers `{items, nextCursor, total?}`

  if (answer.error && !page) return <div className="dt-table-state"><ErrorState error={answer.error} onRetry={() => void answer.refetch()} /></div>
  if (!page) return <div className="dt-table-state"><Skeleton active title={false} paragraph={{ rows: 6 }} /></div>
  if (page.items.length === 0 && cursors.length === 0) return <Empty {...empty} />

  const visible = columns.filter((column) => shown.has(column.key))
  const pager = (
    <Pager
      index={cursors.length}
      size={pageSize}
      count={page.items.length}
      total={page.total}
      onPrevious={cursors.length > 0 ? () => setPlace({ key: filterKey, cursors: cursors.slice(0, -1) }) : undefined}
      onNext={page.nextCursor ? () => setPlace({ key: filterKey, cursors: [...cursors, page.nextCursor ?? ''] }) : undefined}
    >
      {!narrow && columns.some((column) => column.optional) && <ColumnChoice columns={columns} shown={shown} onChange={setShown} />}
    </Pager>
  )

  if (narrow) {
    return (
      <>
        <ul className="dt-blocks" aria-label={label} aria-busy={answer.isFetching}>
          {page.items.map((row) => (
            <li key={rowKey(row)}>
              {visible.map((column, index) => (
                <div key={column.key} className={index === 0 ? 'dt-block-title' : 'dt-block-pair'}>
                  {index > 0 && <span className="dt-secondary">{column.title}</span>}
                  <span>{column.render(row)}</span>
                </div>
              ))}
            </li>
          ))}
        </ul>
        {pager}
      </>
    )
  }
  const direction = (column: DataColumn<T>): 'ascend' | 'descend' | null =>
    sort === column.sortKey ? 'ascend' : sort === `-${column.sortKey}` ? 'descend' : null
  return (
    <>
      <Table<T>
        aria-label={label}
        rowKey={rowKey}
        dataSource={[...page.items]}
        pagination={false}
        size="middle"
        scroll={{ x: 'max-content' }}
        loading={answer.isPlaceholderData && { delay: 200 }}
        showSorterTooltip={{ title: t('common.sortHint') }}
        columns={visible.map((column) => ({
          key: column.key,
          title: column.title,
          render: (_: unknown, row: T) => column.render(row),
          ...(column.width ? { width: column.width } : {}),
          ...(column.align ? { align: column.align, className: 'dt-num' } : {}),
          ...(column.sortKey && onSort ? { sorter: true, sortOrder: direction(column) } : {}),
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
