import type { LesserForm } from '@datong/contracts'
import type { Value, FieldSchema, Filter } from '@datong/data-engine'
import type { Grade } from '@datong/kernel'
import type { Quota } from '../metering/quotas.ts'
import type { MarkKey } from '../watermark/mark-order.ts'

/** On what ground rows leave: a grant, the opening of the entry, or ownership. */
export type Basis =
  | { readonly kind: 'grant'; readonly grantId: string; readonly number: string; readonly appId: string; readonly quota: Quota; readonly until: string; /** No row may leave, but only this. */ readonly only?: LesserForm }
  | { readonly kind: 'open' }
  | { readonly kind: 'owner' }

export type Mask = (value: Value) => Value

/** One column of a plan: what it is, where it stands in the serving table, and how it is masked. */
export interface PlanField {
  readonly name: string
  readonly description: string
  readonly schema: FieldSchema
  readonly grade: Grade
  readonly identifier: boolean
  readonly masking: string | null
  readonly mask: Mask | null
  /** Masked, and yet rows may be found by its whole value: who has the number of a person asks about that person. */
  readonly lookUp: boolean
  /** Not masked, and each value points to one person. */
  readonly namesPersons: boolean
}

/** A serving table in PostgreSQL: column `c<index>` for field `columns[index]` of the version. */
export interface ServingTable {
  readonly name: string
  readonly columns: ReadonlyMap<string, string>
  readonly indexed: ReadonlySet<string>
  readonly rowCount: number
  /** Set for a table that follows a capture: it holds the rows as of each change since its version. */
  readonly live: LiveTable | null
}

/** The states of a live table: numbers of changes, as of which its rows are read. */
export interface LiveTable {
  /** The version itself. */
  readonly base: number
  /** The newest state that this process knows. */
  through(): number
}

/**
 * The delivery plan: everything that a call needs, compiled once from grant, entry, masking policy and version, and
 * looked up per call. It names no field outside the grant, so none can be asked for.
 */
export interface DeliveryPlan {
  readonly entryCode: string
  readonly title: string
  readonly provider: string
  readonly basis: Basis
  readonly version: number
  /** The grant delivers this version whatever comes after it. */
  readonly fixed: boolean
  readonly rowCount: number
  readonly files: readonly string[]
  /** All columns of the version: what row filters of the grant may use besides the delivered ones. */
  readonly schema: readonly FieldSchema[]
  readonly fields: ReadonlyMap<string, PlanField>
  /** Columns of the version, delivered or not, by which persons are told apart. */
  readonly persons: readonly string[]
  /** The grant's own row restriction; added to whatever a call asks. */
  readonly rowFilter: readonly Filter[]
  readonly serving: ServingTable | null
  /** The mark that files under this plan carry in the order of their rows. */
  readonly watermark: Watermark | null
}

/** Whose mark, and by which fields' content. */
export interface Watermark {
  readonly key: MarkKey
  /** Delivered fields that make a row's content; empty: nothing can be ordered by, only the delivery's number stands in the file. */
  readonly fields: readonly string[]
}

export const hasAll = ({ fields }: DeliveryPlan, names: readonly string[]): boolean => names.every((name) => fields.has(name))

const fieldLists = new WeakMap<DeliveryPlan['fields'], readonly PlanField[]>()

/** All fields of a plan in their order, always the same list for the same plan. */
export function allFields({ fields }: DeliveryPlan): readonly PlanField[] {
  let list = fieldLists.get(fields)
  if (list === undefined) fieldLists.set(fields, list = [...fields.values()])
  return list
}
