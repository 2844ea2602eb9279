import { openStore, startEmbeddedPostgres } from '@datong/metadata-store'
import { sql } from 'kysely'
import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import type { Defer } from '../cleanup.ts'
import { keyByHand, ROW_RULES, rowsByHand } from './fifteen.ts'

const HOUR_MS = 3_600_000

/** The same rows in PostgreSQL, and the same rules by hand: one statement for the rows, one for the key. */
export async function rulesWithPostgres(file: string, folder: string, defer: Defer): Promise<{ readonly seconds: number; readonly copySeconds: number; readonly failed: readonly number[] }> {
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'store') })
  defer(() => postgres.stop())
  const store = await openStore({ connection: postgres.connection, poolSize: 2, statementTimeoutMs: HOUR_MS })
  defer(() => store.close())
  // The database reads the file itself, as a user of its own.
  await chmod(folder, 0o755)
  await chmod(file, 0o644)
  const timed = async <T>(work: () => Promise<T>): Promise<{ value: T; seconds: number }> => {
    const started = performance.now()
    return { value: await work(), seconds: (performance.now() - started) / 1_000 }
  }
  await sql`create table held ("编号" bigint, "姓名" text, "证照编号" text, "登记日期" date, "金额" numeric(14, 2), "数量" bigint, "说明" text, "是否有效" text)`.execute(store.db)
  const { seconds: copySeconds } = await timed(() => sql.raw(`copy held from '${file}' (format csv, header)`).execute(store.db))
  await sql`alter table held alter column "是否有效" type boolean using "是否有效" = '是'`.execute(store.db)
  await sql`vacuum analyze held`.execute(store.db)
  const { value, seconds } = await timed(async () => {
    const rows = await sql.raw<Record<string, string>>(rowsByHand({ finds: (column, pattern) => `(${column} ~ '${pattern}')` }, 'held')).execute(store.db)
    const key = await sql.raw<{ shared: string }>(keyByHand('held')).execute(store.db)
    return { row: rows.rows[0] ?? {}, key: Number(key.rows[0]?.shared) }
  })
  return { seconds, copySeconds, failed: [...ROW_RULES.map((_, i) => Number(value.row[`f${i}`])), value.key] }
}
