import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { type Log, silentLog } from './log.ts'
import { storeError } from './store-errors.ts'

/**
 * One step of the schema. Names are dated and say what comes: `20261122T0100-evidence`. Steps run in the order of their
 * names, each in a transaction of its own; they go forward only and are never edited.
 */
export interface Migration {
  readonly name: string
  /** Kept with the name; changing it for an applied step is an error. */
  readonly version?: string
  // Kysely's instances of different schemas do not fit each other's type; a step writes raw or dynamic SQL anyway.
  up(db: Kysely<unknown>): Promise<void>
}

/** Any number that nobody else takes: "DTMG". */
const LOCK_KEY = 0x4454_4d47

/**
 * Brings the store to the program's schema. Safe to call from many processes at once: one works, the others wait.
 * @returns names of the steps applied now, in order
 * @throws AppError `store/newer-than-program` when the store knows a step that the program does not;
 *   `store/migration-changed` when an applied step's declared version differs
 */
export async function migrate(db: Kysely<unknown>, migrations: readonly Migration[], log: Log = silentLog): Promise<string[]> {
  const steps = [...migrations].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  const twice = steps.find((step, index) => step.name === steps[index + 1]?.name)
  if (twice !== undefined) throw new Error(`two migrations are called ${twice.name}`)
  return db.connection().execute(async (connection) => {
    // Waiting for another process's migration and building indexes may both take longer than a statement's usual limit.
    await sql`set statement_timeout = 0`.execute(connection)
    await sql`select pg_advisory_lock(${LOCK_KEY})`.execute(connection)
    try {
      return await applyMissing(connection, steps, log)
    } finally {
      await sql`select pg_advisory_unlock(${LOCK_KEY})`.execute(connection)
      await sql`reset statement_timeout`.execute(connection)
    }
  })
}

async function applyMissing(db: Kysely<unknown>, steps: readonly Migration[], log: Log): Promise<string[]> {
  await sql`create table if not exists datong_migration (
    name text primary key, fingerprint text not null, applied_at timestamptz not null default now())`.execute(db)
  const { rows } = await sql<{ name: string; fingerprint: string }>`select name, fingerprint from datong_migration`.execute(db)
  const applied = new Map(rows.map((row) => [row.name, row.fingerprint]))
  const known = new Map(steps.map((step) => [step.name, fingerprint(step)]))
  for (const name of [...applied.keys()].sort()) {
    if (!known.has(name)) throw storeError('store/newer-than-program', { migration: name })
    if (known.get(name) !== applied.get(name)) throw storeError('store/migration-changed', { migration: name })
  }
  const done: string[] = []
  for (const step of steps.filter(({ name }) => !applied.has(name))) {
    await db.transaction().execute(async (trx) => {
      await step.up(trx)
      await sql`insert into datong_migration (name, fingerprint) values (${step.name}, ${fingerprint(step)})`.execute(trx)
    })
    log.info({ migration: step.name }, 'migrated the store')
    done.push(step.name)
  }
  return done
}

/** SHA-256 of the declared name and version. */
function fingerprint(step: Migration): string {
  return createHash('sha256').update(`${step.name}\n${step.version ?? ''}`).digest('hex')
}
