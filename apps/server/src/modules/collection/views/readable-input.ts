import type { FieldSchema, Filter } from '@datong/data-engine'
import type { Grade } from '@datong/kernel'

/** What a department may read of an entry inside the platform. */
export interface ReadableInput {
  readonly entryCode: string
  readonly provider: string
  readonly basis: 'owner' | 'grant' | 'open'
  readonly version: number
  readonly files: readonly string[]
  readonly schema: readonly FieldSchema[]
  /** Fields whose values it gets as they are. */
  readonly fields: readonly FieldSchema[]
  /** Fields that it gets masked only: a view does not see them. */
  readonly masked: readonly string[]
  /** The rows that it gets. */
  readonly filter: readonly Filter[]
  /** The strictest of all that it gets. */
  readonly grade: Grade
}

/** @throws AppError as a read of the rows would: `request/not-found`, `delivery/no-grant`, `delivery/no-data` … */
export type ReadableInputOf = (organisation: string, entryCode: string) => Promise<ReadableInput>
