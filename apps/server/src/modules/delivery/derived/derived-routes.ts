import { operations } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import type { Caller, Reach } from '../../../platform/caller.ts'
import { leanRoute, type Route, route } from '../../../platform/route.ts'
import { sendData } from '../../../platform/send-data.ts'
import { written } from '../answers/answer.ts'
import type { DeliveryContext } from '../context.ts'
import { Reads } from '../graphql/reads.ts'
import { EVIDENCE_HEADER } from '../metering/record-access.ts'
import { requireScope } from '../plan/key-limits.ts'
import { compileDerived } from './compile-derived.ts'
import { changeDerived, createDerived, plansOf, retireDerived } from './derived-commands.ts'
import { createDerivedStore, type DerivedRow } from './derived-store.ts'
import { runDerived } from './run-derived.ts'
import { viewDerived } from './view-derived.ts'

/** Interfaces of a department over several resources that it was granted. */
export function derivedRoutes(context: DeliveryContext): Route[] {
  const store = createDerivedStore(context.store.db, context.cursors)
  const view = async (row: DerivedRow, caller: Caller) => viewDerived(context, row, await store.versionsOf([row.id]), caller)
  /** Nobody without a department has any. */
  const within = (caller: Caller, reach: Reach): string | null => (reach === 'all' ? null : (caller.organisation ?? ''))

  return [
    route(operations.createDerived, async ({ body, caller }) => view(await createDerived(context, store, body, caller), caller)),
    route(operations.changeDerived, async ({ params, body, caller }) => view(await changeDerived(context, store, params.id, body, caller), caller)),
    route(operations.retireDerived, async ({ params, body, caller }) => view(await retireDerived(context, store, params.id, body, caller), caller)),
    route(operations.getDerived, async ({ params, caller, reach }) => {
      const row = await store.find(params.id, within(caller, reach))
      if (row === undefined) throw new AppError('request/not-found')
      return view(row, caller)
    }),
    route(operations.listDerived, async ({ query, caller, reach }) => {
      const { rows, nextCursor } = await store.list(query, within(caller, reach))
      const versions = await store.versionsOf(rows.map(({ id }) => id))
      return { items: await Promise.all(rows.map((row) => viewDerived(context, row, versions, caller))), nextCursor }
    }),

    leanRoute(operations.readDerived, async ({ caller, params, query }, request, reply) => {
      const row = caller.organisation === null ? undefined : await store.findByName(caller.organisation, params.name)
      if (row === undefined) throw new AppError('request/not-found')
      if (row.state === 'retired') throw new AppError('delivery/derived-retired', { name: row.name })
      for (const { entryCode } of row.definition.sources) requireScope(caller, 'rows', entryCode)
      // The caller's own grants, all of them in force now: what is revoked for one input is revoked for the interface.
      const plans = await plansOf(context, caller, row.definition)
      const compiled = compileDerived(row.definition, plans, query)
      const reads = new Reads(context, caller, request, reply, { name: row.name, version: row.version, inputs: plans.map(({ entryCode }) => entryCode) })
      const { items, complete } = await runDerived(reads, compiled)
      const { text, bytes, answerHash } = written(JSON.stringify({ items, complete, versions: Object.fromEntries(plans.map((plan) => [plan.entryCode, plan.version])) }))
      const receipts = Object.values(await reads.record(answerHash, bytes))
      if (receipts.length > 0) reply.header(EVIDENCE_HEADER, receipts.join(', '))
      reply.header('content-type', 'application/json; charset=utf-8').header('cache-control', 'no-store')
      return sendData(request, reply, text)
    }),
  ]
}
