import { operations, type Operation, ROLES } from '@datong/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aServer, HERE, type TestServer, THERE } from '../testing/a-server.ts'
import { ACCESS_TABLE } from './access-table.ts'

const SOME_ID = '01a1ffff-0000-7000-8000-00000000000a'
const VALUES: Readonly<Record<string, string>> = { id: SOME_ID, keyId: SOME_ID, code: '306007-999999', number: '1' }

const urlOf = ({ path, params }: Operation): string => path.replace(/\{(\w+)\}/g, (_, name: string) => {
  const schema: { enum?: readonly string[] } | undefined = new Map(Object.entries(params?.properties ?? {})).get(name)
  return schema?.enum?.[0] ?? VALUES[name] ?? name
})

let server: TestServer
let sessions: readonly { readonly role: string; readonly column: number; readonly headers: Record<string, string> }[]

beforeAll(async () => {
  server = await aServer()
  const signedIn = []
  for (const [column, role] of ROLES.entries()) {
    for (const organisation of [HERE, THERE, null]) signedIn.push({ role, column, headers: (await server.as(role, organisation)).headers })
  }
  sessions = [...signedIn, { role: 'public', column: ROLES.length, headers: {} }]
})
afterAll(() => server.stop())

/** Operations of the modules that the server has; streams of events would not end by themselves. */
const list: readonly Operation[] = Object.values(operations)

describe('over HTTP', () => {
  it.each(list.map(({ id }) => id))('%s opens to exactly the roles of the table, whatever their organisation', async (id) => {
    const operation = list.find((one) => one.id === id)!
    const cells = ACCESS_TABLE[id]!.trim().split(/\s+/)
    // Signing in and out would end the sessions of the other cases.
    if (id === 'signIn' || id === 'signOut') return
    for (const { role, column, headers } of sessions) {
      const answer = await server.app.inject({
        method: operation.method, url: urlOf(operation), headers: { ...headers, ...(operation.consumes === undefined ? {} : { 'content-type': 'multipart/form-data; boundary=x' }) },
        ...(operation.body === undefined ? {} : { payload: {} }),
      })
      if (answer.statusCode === 404 && answer.json<{ code: string }>().code === 'request/not-found' && !isMounted(operation)) return
      const refused = cells[column] === '-'
      const expected = refused ? [role === 'public' ? 401 : 403] : [200, 201, 202, 404, 409, 422]
      expect(expected, `${id} as ${role}: ${answer.body.slice(0, 200)}`).toContain(answer.statusCode)
    }
  })
})

const isMounted = (operation: Operation): boolean =>
  server.modules.some(({ routes }) => routes.some((route) => route.operation.id === operation.id))
