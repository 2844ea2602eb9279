import type { Kysely, Transaction } from 'kysely'

/** A database without declared tables: what services pass around. */
export type Db = Kysely<unknown>
/** A running transaction without declared tables: what a caller hands to another module's command. */
export type Trx = Transaction<unknown>

/**
 * The same database or transaction, seen with a module's own tables. Kysely's `Kysely<A>` does not fit `Kysely<unknown>`,
 * so everything outside a `*-store.ts` file passes `Db` or `Trx`, and the store file narrows with this.
 */
export function withTables<Tables>(db: Trx): Transaction<Tables>
export function withTables<Tables>(db: Db): Kysely<Tables>
export function withTables<Tables>(db: Db): Kysely<Tables> {
  // The parameter of Kysely exists at compile time only: instances of all schemas are alike.
  return db as unknown as Kysely<Tables>
}
