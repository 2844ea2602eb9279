import type { Actor, ViewInputRef } from '@datong/contracts'
import type { Grade } from '@datong/kernel'
import type { ColumnType, JSONColumnType, Selectable } from 'kysely'

export interface ViewTableRow {
  id: string
  entry_code: string
  organisation: string
  title: string
  layer: 'topic' | 'service'
  state: 'active' | 'retired'
  sql: string
  inputs: ColumnType<ViewInputRef[], string, string>
  /** Of the definition. */
  version: number
  /** The strictest grade of the inputs when it was built last. */
  floor: Grade | null
  /** What the last try to build it was made from: definition and versions of inputs. */
  tried: ColumnType<Tried | null, string | null, string | null>
  created_at: Date
  changed_at: Date
  revision: number
}

export interface Tried {
  readonly definition: number
  /** Versions by entry. */
  readonly inputs: Readonly<Record<string, number>>
}

export interface ViewVersionTable {
  view_id: string
  version: number
  sql: string
  inputs: JSONColumnType<ViewInputRef[]>
  at: Date
  by: JSONColumnType<Actor>
  receipt_id: string
}

export interface ViewTables {
  'collection.view': ViewTableRow
  'collection.view_version': ViewVersionTable
}
export type ViewRow = Selectable<ViewTableRow>
export type ViewVersionRow = Selectable<ViewVersionTable>
