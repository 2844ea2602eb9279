import type { Column } from './columns.ts'
import type { TargetRow } from './tables.ts'

/** Where and as whom to connect: `address` was checked, `host` is the name that a certificate must bear. */
export interface Reached {
  readonly address: string
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly password: string
  readonly tls: TargetRow['tls']
  readonly ca: string | null
}

/** What a database of a consumer must do; each kind of database has its own way of saying it. */
export interface Dialect {
  quote(name: string): string
  /** The n-th parameter, from 1. */
  parameter(n: number): string
  typeOf(column: Column): string
  /** Definition of the column that tells rows apart. */
  readonly idType: string
  /** Ends `create table`. */
  readonly tableOptions: string
  /** Ends an insert that replaces rows with the same id. */
  onSameId(columns: readonly string[]): string
  /** Counts tables of that name in the schema in use; one parameter. */
  readonly countTables: string
}

export interface Connection {
  readonly dialect: Dialect
  query(text: string, values?: readonly (string | number | null)[]): Promise<{ rows: readonly Record<string, unknown>[]; affected: number }>
  /** Runs work in one transaction. */
  transaction<T>(work: () => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Why a push ends that no waiting can help: the reason is shown to the consumer. */
export class PushRefused extends Error {
  readonly reason: string
  constructor(reason: string) {
    super(reason)
    this.name = 'PushRefused'
    this.reason = reason
  }
}
