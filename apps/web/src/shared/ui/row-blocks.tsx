import { Checkbox } from 'antd'
import type { ReactNode } from 'react'
import './data-table.css'

export interface BlockColumn<T> {
  readonly key: string
  readonly title: string
  readonly render: (row: T) => ReactNode
}

interface RowBlocksProps<T> {
  readonly rows: readonly T[]
  /** The first is the block's heading, the others stand below it with their names. */
  readonly columns: readonly BlockColumn<T>[]
  readonly rowKey: (row: T) => string
  readonly label: string
  readonly busy?: boolean
  readonly choice?: {
    readonly chosen: readonly string[]
    readonly onChange: (chosen: string[]) => void
    readonly choosable: (row: T) => boolean
    readonly name: (row: T) => string
  }
}

/** Rows as blocks, for windows that are too narrow for a table. */
export function RowBlocks<T>({ rows, columns, rowKey, label, busy = false, choice }: RowBlocksProps<T>) {
  return (
    <ul className="dt-blocks" aria-label={label} aria-busy={busy}>
      {rows.map((row) => (
        <li key={rowKey(row)}>
          {choice?.choosable(row) && (
            <Checkbox
              className="dt-block-choose" aria-label={choice.name(row)} checked={choice.chosen.includes(rowKey(row))}
              onChange={(event) => choice.onChange(event.target.checked ? [...choice.chosen, rowKey(row)] : choice.chosen.filter((key) => key !== rowKey(row)))}
            />
          )}
          {columns.map((column, index) => (
            <div key={column.key} className={index === 0 ? 'dt-block-title' : 'dt-block-pair'}>
              {index > 0 && <span className="dt-secondary">{column.title}</span>}
              <span>{column.render(row)}</span>
            </div>
          ))}
        </li>
      ))}
    </ul>
  )
}
