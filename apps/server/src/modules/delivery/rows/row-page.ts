import type { Value } from '@datong/data-engine'
import type { PlanField } from '../plan/plan.ts'
import type { ColumnOut } from './row-shape.ts'

/** What JSON writes otherwise than it stands; half a pair is none of Unicode's characters. */
const NEEDS_ESCAPE = /["\\\u0000-\u001f\ud800-\udfff]/

const jsonText = (text: string): string => (NEEDS_ESCAPE.test(text) ? JSON.stringify(text) : `"${text}"`)

/**
 * Rows found, and how they leave. What was read stays inside: cells come out masked, as values or as JSON.
 */
export class RowPage {
  readonly fields: readonly PlanField[]
  readonly nextCursor: string | null
  readonly version: number
  /** The change as of which the rows were read; null in a version without states. */
  readonly state: number | null
  /** Whether few rows were looked up by a key. */
  readonly isLookUp: boolean
  readonly #found: readonly (readonly unknown[])[]
  readonly #columns: readonly ColumnOut[]
  #rows: readonly (readonly Value[])[] | undefined

  /** @param found cells as they were read, which `columns` have the places of */
  constructor(fields: readonly PlanField[], found: readonly (readonly unknown[])[], columns: readonly ColumnOut[], nextCursor: string | null, version: number, state: number | null, isLookUp: boolean) {
    this.fields = fields
    this.nextCursor = nextCursor
    this.version = version
    this.state = state
    this.isLookUp = isLookUp
    this.#found = found
    this.#columns = columns
  }

  get count(): number {
    return this.#found.length
  }

  get found(): boolean {
    return this.count > 0
  }

  /** Masked cells in the order of `fields`. */
  get rows(): readonly (readonly Value[])[] {
    return (this.#rows ??= this.#found.map((cells) => this.#columns.map((column) => leaving(cells, column))))
  }

  /** The masked rows as JSON objects, `between` two of them: in one pass, without a row or an object on the way. */
  json(between: string): string {
    const columns = this.#columns
    if (columns.length === 0) return this.#found.map(() => '{}').join(between)
    let text = ''
    let before = ''
    for (const cells of this.#found) {
      text += before
      before = between
      for (let index = 0; index < columns.length; index++) {
        const column = columns[index]! // within its length
        const cell = leaving(cells, column)
        // Cells are JSON values, and numbers among them are finite: text alone needs care.
        text += column.jsonKey + (typeof cell === 'string' ? jsonText(cell) : String(cell))
      }
      text += '}'
    }
    return text
  }
}

function leaving(cells: readonly unknown[], { place, change }: ColumnOut): Value {
  // Both ways of reading give only types whose values are cells.
  const cell = cells[place] as Value
  return change === null ? cell : change(cell)
}
