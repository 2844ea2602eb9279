import type { Role } from '@datong/contracts'
import { type Clock, systemRandom } from '@datong/kernel'
import type { Store } from '@datong/metadata-store'
import { createTestDatabase } from '@datong/metadata-store/testing'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { createHttpServer, createLog, createMetrics } from '../../http/index.ts'
import { createCursorCodec } from '../../platform/cursor.ts'
import { recordingEvents } from '../../platform/testing.ts'
import type { PlainRoute } from '../../platform/route.ts'
import { evidenceMigrations } from '../evidence/index.ts'
import { evidenceFor } from '../evidence/testing.ts'
import { createIdentity, type Identity, type IdentityDeps, identityMigrations, SYSTEM_ACTOR } from './index.ts'

const ONE = '11990100MB0000002B'
export const OTHER = '11990100MB0000003C'
const PASSWORD = 'correct horse battery'

interface Answer {
  readonly status: number
  readonly body: Record<string, unknown>
  readonly headers: Record<string, unknown>
}

export interface IdentityServer {
  readonly identity: Identity
  readonly app: FastifyInstance
  readonly store: Store
  ask(request: InjectOptions): Promise<Answer>
  /** The session of a new account. */
  as(role: Role, organisation?: string | null): Promise<{ authorization: string }>
  /** Another process over the same store. */
  another(): Promise<Identity>
  stop(): Promise<void>
}

/** Identity over HTTP, alone; `/test/caller` answers who asks as the rest of the server would see it. */
export async function anIdentityServer(clock: Clock, settings: Partial<IdentityDeps> & { readonly trustedProxies?: readonly string[] } = {}): Promise<IdentityServer> {
  const { store, drop } = await createTestDatabase([...evidenceMigrations, ...identityMigrations])
  const log = createLog('silent')
  const evidence = evidenceFor(store, { clock })
  const deps: IdentityDeps = {
    store, evidence, events: recordingEvents(), cursors: createCursorCodec(new Uint8Array(32)), clock, random: systemRandom, log, sessionPepper: new Uint8Array(32).fill(3),
    longestKeyLifeDays: 730, publicUrl: null, sharedNonces: null, ...settings,
  }
  const identity = createIdentity(deps)
  await identity.start?.()
  await identity.organisations.add({
    regions: [{ code: '990100', name: '某市', nameEn: 'Some City', parentCode: null, level: 'city' }],
    organisations: [ONE, OTHER].map((code) => ({ code, name: code, nameEn: code, shortName: code, regionCode: '990100', kind: 'department', duties: [] })),
  }, SYSTEM_ACTOR)
  const caller = (method: 'GET' | 'POST'): PlainRoute => ({
    method, path: '/test/caller',
    handle: async (request, reply) => {
      const { caller: { entryCodes, ...who } } = await identity.authenticate(request)
      return reply.send({ ...who, entryCodes: entryCodes && [...entryCodes] })
    },
  })
  const server = await createHttpServer({
    routes: identity.routes, plainRoutes: [...(identity.plainRoutes ?? []), caller('GET'), caller('POST')], authenticate: identity.authenticate, probes: {},
    metrics: createMetrics(), log, clock, random: systemRandom, version: 'test', webRoot: null, checkAnswers: true, maxEventLoopDelayMs: 0,
    trustedProxies: settings.trustedProxies ?? [],
  })
  const ask = async (request: InjectOptions): Promise<Answer> => {
    const answer = await server.app.inject(request)
    return { status: answer.statusCode, body: answer.json<Record<string, unknown>>(), headers: answer.headers }
  }
  const others: Identity[] = []
  let made = 0
  return {
    identity, app: server.app, store, ask,
    as: async (role, organisation = ONE) => {
      const username = `${role}${++made}`
      await identity.users.create({ username, name: username, organisation, roles: [role], password: PASSWORD }, SYSTEM_ACTOR)
      const { body } = await ask({ method: 'POST', url: '/api/v1/session', payload: { username, password: PASSWORD } })
      return { authorization: `Bearer ${String(body['token'])}` }
    },
    another: async () => {
      const other = createIdentity(deps)
      await other.start?.()
      others.push(other)
      return other
    },
    stop: async () => {
      await server.close(0)
      for (const one of [...others, identity]) await one.stop?.()
      await drop()
    },
  }
}
