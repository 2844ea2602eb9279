import type { BodyOf, CallInput, Operation, operations, ResponseOf } from '@datong/contracts'
import { type AppError, isAppError, systemRandom, uuidv7 } from '@datong/kernel'
import type { Store } from '@datong/metadata-store'
import { compileAnswer } from '../../http/validate.ts'
import { type Caller, reachOf } from '../../platform/caller.ts'
import { createCursorCodec } from '../../platform/cursor.ts'
import type { ServerModule } from '../../platform/server-module.ts'
import { plainCalendar, plainOrganisations } from '../../platform/testing.ts'
import type { catalogFor } from '../catalog/testing.ts'
import { evidenceFor } from '../evidence/testing.ts'
import type { SharingDeps } from './context.ts'
import { createSharing } from './index.ts'

/** Sharing over a test store, beside a catalogue from `catalogFor`; apps are made up. */
export const sharingFor = (store: Store, house: Awaited<ReturnType<typeof catalogFor>>, change: Partial<SharingDeps> = {}) => createSharing(depsFor(store, house, change))

/** What sharing is made of in tests. */
export function depsFor(store: Store, { catalog, events, clock }: Awaited<ReturnType<typeof catalogFor>>, change: Partial<SharingDeps> = {}): SharingDeps {
  return {
    db: store.db, evidence: evidenceFor(store), events, catalog, organisations: plainOrganisations,
    apps: {
      findOwn: async () => undefined,
      names: async (ids) => new Map(ids.map((id) => [id, '系统'])),
      create: async (_, app) => ({ id: uuidv7(clock, systemRandom), name: app.name }),
    },
    hasVersion: async () => true,
    jobs: { work: async () => undefined, enqueue: async () => undefined }, log: { info: () => undefined, warn: () => undefined },
    forbidden: async () => ({ whole: false, fields: [] }),
    useOf: async () => new Map(),
    creditOf: async () => 80,
    maskingMethods: ['name', 'redact', 'keep'], cursors: createCursorCodec(new Uint8Array(32)), clock, random: systemRandom, calendar: plainCalendar,
    ...change,
  }
}

/** The body of an application for an entry. */
export const anApplication = (entryCode: string, change: Partial<BodyOf<typeof operations.apply>> = {}): BodyOf<typeof operations.apply> => ({
  entryCode, fields: ['停车场名称', '联系人'], purpose: '核查停车场经营主体', use: '征管系统', delivery: 'api', until: '2027-06-30', ...change,
})

/** Answers an operation as its route does, without HTTP; the answer must have exactly the shape that was promised. */
export async function askOver<T>(
  { routes }: Pick<ServerModule, 'routes'>, operation: Operation, { caller, params = {}, query = {}, body = {} }: { caller: Caller; params?: object; query?: object; body?: object },
): Promise<T> {
  const found = routes.find((route) => route.operation.id === operation.id)
  if (found === undefined) throw new Error(`no route for ${operation.id}`)
  // Handlers of these operations look at nothing of the request but what is given here.
  const answer = await found.handle({ caller, params, query, body, reach: 'all', signal: new AbortController().signal } as never, undefined as never, undefined as never)
  const faults = compileAnswer(operation)(answer)
  if (faults.length > 0) throw new Error(`${operation.id} answers what was not promised: ${JSON.stringify(faults)}`)
  return answer as T // checked just now
}

/** The refusal that a command ends with; it fails when there is none. */
export async function problem(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(() => undefined, (caught: unknown) => caught)
  if (!isAppError(error)) throw new Error('no refusal', { cause: error })
  return error
}

/** A call as HTTP makes it: the reach from the access rule, then the handler. */
export async function call<O extends Operation>({ routes }: Pick<ServerModule, 'routes'>, operation: O, caller: Caller, input: Omit<CallInput<O>, 'signal'>): Promise<ResponseOf<O>> {
  const { params = {}, query = {}, body = {} } = input as { params?: object; query?: object; body?: object } // an input has some of these
  const handler = routes.find((route) => route.operation.id === operation.id)!
  const context = { caller, reach: reachOf(operation, caller), params, query, body, signal: AbortSignal.timeout(60_000) }
  return handler.handle(context as never, undefined as never, undefined as never) as Promise<ResponseOf<O>> // the operation's own handler
}
