import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chunksOf, DuckDbSessions } from './session.ts'

let folder: string
let sessions: DuckDbSessions
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'datong-session-'))
  sessions = await DuckDbSessions.open({ allowedDirectories: [folder], temporaryDirectory: join(folder, 'tmp') })
})
afterAll(async () => {
  sessions.close()
  await rm(folder, { recursive: true, force: true })
})

async function rowsOf(sql: string, signal?: AbortSignal): Promise<unknown[]> {
  const rows: unknown[] = []
  for await (const chunk of sessions.stream('test', (connection) => chunksOf(connection, sql), signal)) rows.push(...chunk)
  return rows
}

describe('a statement', () => {
  it('that would run for hours ends when its signal says so, and others run on', async () => {
    const late = new AbortController()
    const running = rowsOf('SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b', late.signal)
    setTimeout(() => late.abort(), 100)
    await expect(running).rejects.toMatchObject({ code: 'data-engine/failed' })
    expect(await rowsOf('SELECT 1')).toHaveLength(1)
  })

  it('whose signal came before does not begin', async () => {
    await expect(rowsOf('SELECT 1', AbortSignal.abort())).rejects.toMatchObject({ code: 'data-engine/failed' })
  })
})

it('pages of 2,000 columns are read four at once', async () => {
  const file = join(folder, 'wide.parquet')
  const columns = Array.from({ length: 2_000 }, (_, index) => (index % 2 === 0 ? `range * ${index} AS c${index}` : `'文' || range AS c${index}`))
  await rowsOf(`COPY (SELECT ${columns.join(', ')} FROM range(40)) TO '${file}' (FORMAT parquet)`)
  const page = (): Promise<unknown[]> => rowsOf(`SELECT * FROM read_parquet('${file}') WHERE c0 >= 0 LIMIT 21`)
  expect((await Promise.all([page(), page(), page(), page()])).map((rows) => rows.length)).toEqual([21, 21, 21, 21])
})
