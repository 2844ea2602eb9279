import { type CallInput, type Operation, operations, type ResponseOf, type RuleContent } from '@datong/contracts'
import { isAppError } from '@datong/kernel'
import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, reachOf } from '../../../platform/caller.ts'
import { anOfficer } from '../../../platform/testing.ts'
import { catalogMigrations } from '../../catalog/index.ts'
import { anEntry, catalogFor } from '../../catalog/testing.ts'
import { evidenceMigrations } from '../../evidence/index.ts'
import { type Sharing, sharingMigrations } from '../index.ts'
import { anApplication, sharingFor } from '../testing.ts'

const provider = anOfficer('provider', 'P1', 'provider')
const other = anOfficer('other', 'P2', 'provider')
const consumer = anOfficer('consumer', 'C1', 'consumer')
const stranger = anOfficer('stranger', 'C2', 'consumer')
const steward = anOfficer('steward', 'B', 'steward')
const auditor = anOfficer('auditor', 'B', 'auditor')

let database: TestDatabase
let house: Awaited<ReturnType<typeof catalogFor>>
let sharing: Sharing
let conditional: string

beforeAll(async () => {
  database = await createTestDatabase([...evidenceMigrations, ...catalogMigrations, ...sharingMigrations])
  house = await catalogFor(database.store)
  sharing = sharingFor(database.store, house)
  conditional = await anEntry(house, provider, { store: database.store, sharingType: 'conditional', openingType: 'closed', publishBy: steward })
})
afterAll(() => database.drop())

/** A call as HTTP makes it: the reach from the access rule, then the handler. */
async function call<O extends Operation>(operation: O, caller: Caller, input: Omit<CallInput<O>, 'signal'>): Promise<ResponseOf<O>> {
  const { params = {}, query = {}, body = {} } = input as { params?: object; query?: object; body?: object } // an input has some of these
  const handler = sharing.routes.find((route) => route.operation.id === operation.id)!
  const context = { caller, reach: reachOf(operation, caller), params, query, body, signal: AbortSignal.timeout(60_000) }
  return handler.handle(context as never, undefined as never, undefined as never) as Promise<ResponseOf<O>> // the operation's own handler
}

const problem = async (work: Promise<unknown>) => {
  const error = await work.then(() => undefined, (caught: unknown) => caught)
  if (!isAppError(error)) throw new Error('no refusal', { cause: error })
  return error
}

const aRule = (change: Partial<RuleContent> = {}): RuleContent => ({
  name: '低敏小量秒批', priority: 100, effect: 'grant', conditions: [{ attribute: 'fieldsAsked', operator: 'lte', value: 1 }], ...change,
})
const draft = (caller: Caller, change: Partial<RuleContent> = {}, scope: 'city' | 'department' = 'city') => call(operations.createRule, caller, { body: { ...aRule(change), scope } })
const step = (caller: Caller, id: string, revision: number, action: 'activate' | 'retire' = 'activate') =>
  call(operations.actOnRule, caller, { params: { id, action }, body: { reason: '试行', revision } })

/** A rule that decides during the work and is retired after it. */
async function whileActive<T>(rule: { id: string; revision: number }, by: Caller, work: () => Promise<T>): Promise<T> {
  const active = await step(by, rule.id, rule.revision)
  try {
    return await work()
  } finally {
    await step(by, rule.id, active.revision, 'retire')
  }
}


describe('cost', () => {
  it('is measured', async () => {
    const time = async (name: string, n: number, work: () => Promise<unknown>) => { await work(); const t = performance.now(); for (let i = 0; i < n; i++) await work(); console.log(name, ((performance.now() - t) / n).toFixed(2), 'ms') }
    const asker = anOfficer('bulk', 'C5', 'consumer')
    await time('file, no rules, code', 50, () => sharing.apply(anApplication(conditional, { purposeCode: 'tax-arrears-check' }), asker))
    await time('file, no rules, text', 50, () => sharing.apply(anApplication(conditional), asker))
    for (let i = 0; i < 20; i++) { const r = await draft(steward, { conditions: [{ attribute: 'organisation', operator: 'eq', value: `X${i}` }, { attribute: 'grade', operator: 'lte', value: 'internal' }] }); await step(steward, r.id, r.revision) }
    await time('file, 20 rules', 50, () => sharing.apply(anApplication(conditional, { purposeCode: 'tax-arrears-check' }), asker))
    await database.store.db.transaction().execute(async (trx) => {
      await sql`set local session_replication_role = replica`.execute(trx)
      const { rows: cols } = await sql<{ c: string }>`select string_agg(quote_ident(column_name), ',') as c from information_schema.columns where table_schema='sharing' and table_name='application' and column_name not in ('id','number')`.execute(trx)
      const c = sql.raw(cols[0]!.c)
      await sql`insert into sharing.application (id, number, ${c}) select gen_random_uuid(), 'Z' || g, ${c} from (select * from sharing.application where state = 'submitted' limit 1) a, generate_series(1, 5000) g`.execute(trx)
      await sql`analyze sharing.application`.execute(trx)
    })
    await time('replay 5000 reconstructed', 1, async () => { const a = await call(operations.replayRule, steward, { body: { draft: { ...aRule(), scope: 'city' }, limit: 1 } }); console.log(a.replayed, a.items[0]?.known, a.truncated) })
    await database.store.db.transaction().execute(async (trx) => {
      await sql`set local session_replication_role = replica`.execute(trx)
      const { rows: cols } = await sql<{ c: string }>`select string_agg(quote_ident(column_name), ',') as c from information_schema.columns where table_schema='sharing' and table_name='ruling' and column_name <> 'application_id'`.execute(trx)
      const c = sql.raw(cols[0]!.c)
      await sql`insert into sharing.ruling (application_id, ${c}) select b.id, ${c} from sharing.application b, (select * from sharing.ruling limit 1) r on conflict do nothing`.execute(trx)
    })
    await time('replay 5000 recorded', 1, async () => { const a = await call(operations.replayRule, steward, { body: { draft: { ...aRule(), scope: 'city' }, limit: 1 } }); console.log(a.replayed, a.items[0]?.known) })
  }, 300_000)
})
