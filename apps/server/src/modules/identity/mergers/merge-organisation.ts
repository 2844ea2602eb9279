import type { Actor, Organisation } from '@datong/contracts'
import { AppError, chinaDay, type Issue } from '@datong/kernel'
import { inTransaction, notify, type Trx, withTables } from '@datong/metadata-store'
import { sql } from 'kysely'
import type { IdentityContext } from '../context.ts'
import { DIRECTORY_CHANNEL } from '../deps.ts'
import type { IdentityTables } from '../tables.ts'
import { passOn } from './pass-on.ts'

interface Wish {
  readonly into: string
  /** A day in China. */
  readonly from: string
  readonly reason: string
}

/**
 * Merges one department into another. On its day, at once when that is today or past, people, systems and keys pass on in one
 * transaction with the event by which every other module passes on its own.
 * @throws AppError `request/not-found`, `identity/organisation-merged`, `identity/invalid-merger` with all issues
 */
export async function mergeOrganisation(context: IdentityContext, code: string, { into, from, reason }: Wish, actor: Actor): Promise<Organisation> {
  const { store, evidence, clock, directory } = context
  await inTransaction(store.db, async (trx) => {
    // Two mergers at once could make a ring.
    await sql`select pg_advisory_xact_lock(hashtext('identity.merger'))`.execute(trx)
    await requireFit(trx, context, code, { into, from, reason })
    await withTables<IdentityTables>(trx).insertInto('identity.merger')
      .values({ predecessor: code, successor: into, from_day: from, reason, asked_by: JSON.stringify(actor), asked_at: clock.now(), done_at: null }).execute()
    await evidence.record(trx, {
      chain: 'decision', action: 'identity.organisation.merger-ordered', actor, parties: [code, into],
      subject: { type: 'organisation', id: code, title: directory.ref(code).name }, detail: { into, from, reason },
    })
    if (from <= chinaDay(clock.now())) await passOn(trx, context, code, into)
    await notify(trx, DIRECTORY_CHANNEL, '')
  })
  await directory.refresh()
  return directory.find(code)! // it was there before
}

async function requireFit(trx: Trx, { directory }: IdentityContext, code: string, { into }: Wish): Promise<void> {
  const known = directory.find(code)
  if (known === undefined) throw new AppError('request/not-found')
  const mergers = await withTables<IdentityTables>(trx).selectFrom('identity.merger').select(['predecessor', 'successor']).execute()
  const own = mergers.find(({ predecessor }) => predecessor === code)
  if (own !== undefined) throw new AppError('identity/organisation-merged', { organisation: code, successor: own.successor })
  const issues: Issue[] = []
  if (into === code) issues.push({ pointer: '/into', code: 'itself', message: '不能合并到自己' })
  if (directory.find(into) === undefined) issues.push({ pointer: '/into', code: 'unknown', message: '没有这个部门' })
  else if (mergers.some(({ predecessor }) => predecessor === into)) issues.push({ pointer: '/into', code: 'merged', message: '这个部门自己已经（将）并入其他部门' })
  if (known.kind === 'bureau') issues.push({ pointer: '/code', code: 'bureau', message: '数据主管部门不能并入其他部门' })
  if (issues.length > 0) throw new AppError('identity/invalid-merger', { organisation: code }, issues)
}
