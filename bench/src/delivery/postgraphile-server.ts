import { grafserv } from 'postgraphile/grafserv/node'
import { makePgService } from 'postgraphile/adaptors/pg'
import { postgraphile } from 'postgraphile'
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serveParent } from '../child.ts'
import type { PeerInput } from './bare-server.ts'
import { COLUMNS } from './companies.ts'

export interface PostGraphileAnswer {
  readonly url: string
  readonly pid: number
  /** A query with the variable `$id`: the same row as the others answer, every column of it. */
  readonly query: string
}

/** PostGraphile as it documents itself for production: the Amber preset, its own Node server, no GraphiQL, no watching. */
await serveParent(async ({ connection, table, poolSize }: PeerInput) => {
  const { host, port, user, password, database } = connection
  const instance = postgraphile({
    extends: [PostGraphileAmberPreset],
    pgServices: [makePgService({ poolConfig: { host, port, user, password, database, max: poolSize }, schemas: ['serving'] })],
    grafserv: { graphiql: false, watch: false },
  })
  const { schema } = await instance.getSchemaResult()
  const wanted = table.replaceAll('_', '').toLowerCase()
  const field = Object.keys(schema.getQueryType()?.getFields() ?? {}).find((name) => name.startsWith('all') && name.toLowerCase().includes(wanted))
  if (field === undefined) throw new Error(`PostGraphile offers no list of the rows of ${table}`)
  const server = createServer()
  await instance.createServ(grafserv).addTo(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port: chosen } = server.address() as AddressInfo // it listens on TCP
  const columns = COLUMNS.map((_, index) => `c${index}`).join(' ')
  const answer: PostGraphileAnswer = {
    url: `http://127.0.0.1:${chosen}/graphql`,
    pid: process.pid,
    query: `query ($id: String!) { ${field}(condition: { c0: $id }, first: 20) { nodes { ${columns} } } }`,
  }
  return {
    answer,
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await instance.release()
    },
  }
})
