import type { User } from '@datong/contracts'
import type { City, DemoTable, OrganisationKey } from '@datong/demo-city'
import type { InjectOptions } from 'fastify'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Datong } from '../compose.ts'
import type { HttpServer } from '../http/index.ts'
import type { Caller } from '../platform/caller.ts'
import type { Progress } from './progress.ts'
import type { StoryClock } from './story-clock.ts'
import type { Timeline } from './timeline.ts'

/** What the scenes of the demonstration city are played with. */
export interface Stage {
  readonly city: City
  readonly datong: Pick<Datong, 'identity' | 'catalog' | 'collection' | 'quality' | 'sharing' | 'evidence' | 'governance'> & { readonly http: Pick<HttpServer, 'app'> }
  readonly progress: Progress
  readonly clock: StoryClock
  readonly timeline: Timeline
  readonly password: string
  /** Tells the person at the terminal how far it is. */
  readonly say: (line: string) => void
  /** Aborted when the program is asked to stop. */
  readonly signal: AbortSignal
}

/** A user of the city as the caller of a command. */
export async function callerOf({ datong: { identity } }: Stage, username: string): Promise<Caller> {
  const account = await identity.users.findByUsername(username)
  if (account === undefined) throw new Error(`the demonstration city has no account ${username}`)
  return identity.users.callerOf(account)
}

/** The officer who provides for a department. */
export function providerOf({ city }: Stage, organisation: string): string {
  const officer = [...city.users, ...city.officers].find(({ organisationCode, roles }) => organisationCode === organisation && roles.includes('provider'))
  if (officer === undefined) throw new Error(`nobody provides for ${organisation}`)
  return officer.username
}

/** Credit code of a department of the city. */
export function organisationOf({ city }: Stage, key: OrganisationKey): string {
  const organisation = city.organisations.find((one) => one.key === key)
  if (organisation === undefined) throw new Error(`the demonstration city has no department ${key}`)
  return organisation.code
}

export function tableOf({ city }: Stage, key: string): DemoTable {
  const table = city.tables.find((one) => one.key === key)
  if (table === undefined) throw new Error(`the demonstration city has no table ${key}`)
  return table
}

/** The entry of a table that has been uploaded. */
export function entryOf({ progress }: Stage, key: string): string {
  const entry = progress.state.entries[key]
  if (entry === undefined) throw new Error(`the table ${key} has no entry yet`)
  return entry.entryCode
}

/** Quotas count seconds of the real time, which passes slowly here. */
const WAIT_FOR_QUOTA_MS = 1_000

/** Sends a request through the whole server, as from outside. @throws Error when it is refused though it was not meant to be, or the other way round */
export async function send({ datong: { http }, signal }: Stage, request: InjectOptions, inVain = false): Promise<{ json<T>(): T }> {
  let answer = await http.app.inject(request)
  for (let tries = 1; answer.statusCode === 429 && tries < 5; tries++) {
    await sleep(WAIT_FOR_QUOTA_MS, undefined, { signal })
    answer = await http.app.inject(request)
  }
  if (answer.statusCode >= 400 !== inVain) throw new Error(`${String(request.method ?? 'GET')} ${String(request.url)} was answered ${answer.statusCode}: ${answer.body.slice(0, 500)}`)
  return answer
}

/** Signs a user in; only a start that goes on after a crash needs it, to see what was done already. */
export async function sessionOf(stage: Stage, username: string): Promise<{ authorization: string }> {
  const answer = await send(stage, { method: 'POST', url: '/api/v1/session', payload: { username, password: stage.password } })
  return { authorization: `Bearer ${answer.json<{ token: string; user: User }>().token}` }
}
