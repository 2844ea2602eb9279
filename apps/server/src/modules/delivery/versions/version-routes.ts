import { operations } from '@datong/contracts'
import { type Row, ROW_COLUMN, type Value } from '@datong/data-engine'
import { AppError } from '@datong/kernel'
import { leanRoute, type Route, route } from '../../../platform/route.ts'
import { sendData } from '../../../platform/send-data.ts'
import { written } from '../answers/answer.ts'
import type { DeliveryContext } from '../context.ts'
import { EVIDENCE_HEADER, hashOf, recordAccess } from '../metering/record-access.ts'
import type { DeliveryPlan, PlanField } from '../plan/plan.ts'
import { maskCell, readRows } from '../rows/read-rows.ts'
import { rowFormat } from '../rows/row-formats.ts'
import { parseRowQuery } from '../rows/row-query.ts'
import { planOfVersion } from './plan-of-version.ts'

/** A department looks back: rows of any of its versions that is kept, and what became of them from one to another. */
export function versionRoutes(context: DeliveryContext): Route[] {
  return [
    leanRoute(operations.readVersionRows, async (call, request, reply) => {
      const { caller, params, query } = call
      const plan = await planOfVersion(context, caller, params.code, params.number)
      const format = rowFormat(request.headers.accept)
      const rowQuery = parseRowQuery(query, plan)
      const page = await readRows(context, plan, rowQuery, { call })
      const answer = written(format.write(page))
      const receipt = await recordAccess(context, plan, caller, {
        action: 'versions.read', fields: page.fields.map((field) => field.name), conditions: rowQuery.filters.map(({ field, op }) => `${field} ${op}`),
        rows: page.count, bytes: answer.bytes, answerHash: answer.answerHash, version: page.version,
      })
      if (receipt !== null) reply.header(EVIDENCE_HEADER, receipt)
      if (page.nextCursor !== null) reply.header('datong-next-cursor', page.nextCursor)
      reply.header('content-type', format.contentType).header('vary', 'Accept, Accept-Encoding, Authorization, Cookie')
      return sendData(request, reply, answer.text)
    }),

    route(operations.readComparison, async ({ caller, params, query, signal }) => {
      const [before, after] = await Promise.all([query.from, query.to].map((number) => planOfVersion(context, caller, params.code, number)))
      const [old, fresh] = [before!, after!] // two in, two out
      if (context.comparedBy === undefined) throw new AppError('request/not-found')
      const { key } = await context.comparedBy(old.entryCode, query)
      const { sample } = await context.engine.compare(refOf(old), refOf(fresh), { key, sample: query.limit ?? 20 }, signal)
      const fields = [...new Set([...fresh.fields.keys(), ...old.fields.keys()])]
      const [gone, come, were, are] = await Promise.all([
        rowsAt(context, old, fields, sample.removed), rowsAt(context, fresh, fields, sample.added),
        rowsAt(context, old, fields, sample.changed.map(({ before: place }) => place)), rowsAt(context, fresh, fields, sample.changed.map(({ after: place }) => place)),
      ])
      const answer = { fields, removed: gone, added: come, changed: were.map((cells, index) => ({ before: cells, after: are[index] ?? [] })) }
      const text = JSON.stringify(answer)
      await recordAccess(context, fresh, caller, {
        action: 'versions.compared', fields, conditions: [`from v${query.from}`], rows: gone.length + come.length + were.length, bytes: Buffer.byteLength(text), answerHash: hashOf(text), version: query.to,
      })
      return answer
    }),
  ]
}

const refOf = ({ files, schema }: DeliveryPlan) => ({ files, schema })

/** The rows at some places in the order asked for, masked; null where the version has no such field. */
async function rowsAt({ engine }: Pick<DeliveryContext, 'engine'>, plan: DeliveryPlan, names: readonly string[], places: readonly number[]): Promise<Value[][]> {
  if (places.length === 0) return []
  const fields = names.map((name): PlanField | undefined => plan.fields.get(name))
  const read = fields.filter((field) => field !== undefined)
  const found = new Map<number, Row>()
  const query = { columns: [ROW_COLUMN, ...read.map(({ name }) => name)], filters: [{ field: ROW_COLUMN, op: 'in' as const, values: places }] }
  for await (const batch of engine.query(refOf(plan), query)) for (const [place, ...cells] of batch) found.set(Number(place), cells)
  return places.map((place) => {
    const cells = found.get(place) ?? []
    return fields.map((field) => (field === undefined ? null : maskCell(field, cells[read.indexOf(field)] ?? null)))
  })
}
