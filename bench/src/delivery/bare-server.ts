import type { PostgresConnection } from '@datong/metadata-store'
import Fastify from 'fastify'
import pg from 'pg'
import { serveParent } from '../child.ts'
import { COLUMNS } from './companies.ts'

/** What the two peers are given: the very table that the product serves from. */
export interface PeerInput {
  readonly connection: PostgresConnection
  /** Name of the table in the schema `serving`; its columns are `c0` … in the order of `COLUMNS`. */
  readonly table: string
  readonly poolSize: number
}

export interface PeerAnswer {
  readonly url: string
  readonly pid: number
}

/** The least that can answer a row by key, or 20 rows by an indexed value: Fastify, a pool, one prepared statement. No caller, no right, no record. */
await serveParent(async ({ connection, table, poolSize }: PeerInput) => {
  const pool = new pg.Pool({ ...connection, max: poolSize })
  const app = Fastify()
  const columns = COLUMNS.map((name, index) => `c${index} as "${name}"`).join(', ')
  const from = `select ${columns} from serving.${pg.escapeIdentifier(table)}`
  const text = `${from} where c0 = $1 limit 20`
  const listText = `${from} where c1 = $1 order by _row limit 20`
  app.get<{ Params: { id: string } }>('/rows/:id', async ({ params }) => {
    const { rows } = await pool.query<Record<string, unknown>>({ name: 'row-by-key', text, values: [params.id] })
    return { items: rows }
  })
  app.get<{ Params: { name: string } }>('/lists/:name', async ({ params }) => {
    const { rows } = await pool.query<Record<string, unknown>>({ name: 'rows-by-name', text: listText, values: [params.name] })
    return { items: rows }
  })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const answer: PeerAnswer = { url, pid: process.pid }
  return {
    answer,
    stop: async () => {
      app.server.closeAllConnections()
      await app.close()
      await pool.end()
    },
  }
})
