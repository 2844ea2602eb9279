import { createConnection } from 'mysql2'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { serveParent } from '../child.ts'
import { peakMemoryMiB } from '../load/peak-memory.ts'
import { PAGE_ROWS, type PlainInput } from './sources.ts'

export interface PlainAnswer {
  /** Bytes where nothing is looked into. */
  readonly rows: number
  readonly seconds: number
  readonly peakMiB: number
}

/** Reads what the platform reads as a script of an afternoon would: by a cursor, a stream, page by page; nothing is checked, written or kept. */
await serveParent(async (input: PlainInput) => {
  const began = performance.now()
  const rows = await read(input)
  const answer: PlainAnswer = { rows, seconds: (performance.now() - began) / 1_000, peakMiB: peakMemoryMiB() }
  return { answer }
})

async function read(input: PlainInput): Promise<number> {
  switch (input.by) {
    case 'pg': return readByCursor(input)
    case 'mysql2': return readStream(input)
    case 'json': return readPages(input.url)
    case 'csv': return readFile(input.url)
  }
}

async function readByCursor({ port, database, user, password }: Extract<PlainInput, { port: number }>): Promise<number> {
  const client = new pg.Client({ host: '127.0.0.1', port, database, user, password })
  await client.connect()
  await client.query('begin read only')
  await client.query('declare plain no scroll cursor for select * from company order by code')
  let rows = 0
  for (;;) {
    const { rowCount } = await client.query('fetch 10000 from plain')
    if (rowCount === null || rowCount === 0) break
    rows += rowCount
  }
  await client.end()
  return rows
}

async function readStream({ port, database, user, password }: Extract<PlainInput, { port: number }>): Promise<number> {
  const connection = createConnection({ host: '127.0.0.1', port, database, user, password })
  let rows = 0
  for await (const _ of connection.query('select * from company order by code').stream({ highWaterMark: 500 })) rows++
  connection.destroy()
  return rows
}

async function readPages(url: string): Promise<number> {
  let rows = 0
  for (let page = 0; ; page++) {
    const { data } = await (await fetch(`${url}?page=${page}&size=${PAGE_ROWS}`)).json() as { data: unknown[] } // our own server's answer
    rows += data.length
    if (data.length < PAGE_ROWS) return rows
  }
}

async function readFile(url: string): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'datong-bench-plain-'))
  try {
    const { body } = await fetch(url)
    const file = join(folder, 'file')
    await pipeline(Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]), createWriteStream(file)) // two declarations of one class
    return (await stat(file)).size
  } finally {
    await rm(folder, { recursive: true })
  }
}
