import type { Filter, Value } from '@datong/data-engine'
import { AppError } from '@datong/kernel'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Caller } from '../../../platform/caller.ts'
import type { DeliveryContext } from '../context.ts'
import { type Derivation, recordAccess } from '../metering/record-access.ts'
import { takeQuota } from '../metering/take-quota.ts'
import { requireSigned } from '../plan/key-limits.ts'
import type { DeliveryPlan, PlanField } from '../plan/plan.ts'
import { lookUpRows } from '../rows/look-up-rows.ts'
import { stateOf } from '../rows/read-rows.ts'
import type { RowPage } from '../rows/row-page.ts'
import type { RowQuery } from '../rows/row-query.ts'

/** A row on its way out: cells by field name. */
export type RowObject = Readonly<Record<string, Value>>

/** Values that one read of related rows looks up. */
const MAX_KEYS = 500
/** Rows that one read of related rows may find. */
const MAX_RELATED = 5_000

interface Tally {
  readonly plan: DeliveryPlan
  readonly fields: Set<string>
  readonly conditions: Set<string>
  /** As of which everything of the plan is read. */
  readonly state: number | null
  rows: number
}

export interface RelatedRead {
  readonly plan: DeliveryPlan
  /** The field of the related resource that holds the value. */
  readonly by: PlanField
  readonly select: readonly PlanField[]
  /** Conditions besides the value. */
  readonly filters?: readonly Filter[]
  /** Most rows of one value. */
  readonly limit: number
}

/** The reads of one request: each takes quota; what they gave is recorded, resource by resource, before the answer leaves. */
export class Reads {
  readonly #context: DeliveryContext
  readonly #caller: Caller
  readonly #request: FastifyRequest
  readonly #reply: FastifyReply
  readonly #tallies = new Map<string, Tally>()
  readonly #waiting = new Map<string, { read: RelatedRead; values: Map<Value, ((rows: RowObject[]) => void)[]>; reject: ((error: unknown) => void)[] }>()
  readonly #derived: Derivation | undefined
  readonly #over = new AbortController()

  /** @param derived the derived interface that the reads are for, named in their evidence */
  constructor(context: DeliveryContext, caller: Caller, request: FastifyRequest, reply: FastifyReply, derived?: Derivation) {
    this.#context = context
    this.#caller = caller
    this.#request = request
    this.#reply = reply
    this.#derived = derived
  }

  /** The request is answered: reads under way are cancelled where they run, and no more begin. */
  end(): void {
    this.#over.abort()
  }

  async page(plan: DeliveryPlan, query: RowQuery): Promise<RowPage> {
    if (this.#over.signal.aborted) throw new AppError('delivery/query-too-slow')
    requireSigned(this.#context, plan, this.#caller)
    await takeQuota(this.#context, plan, this.#request, this.#reply)
    const tally = this.#tallies.get(plan.entryCode) ?? { plan, state: stateOf(plan), fields: new Set(), conditions: new Set(), rows: 0 }
    this.#tallies.set(plan.entryCode, tally)
    // All of an answer is of one state.
    const page = await lookUpRows(this.#context, plan, { ...query, ...(tally.plan === plan ? { state: tally.state } : {}) }, this.#caller, this.#over.signal)
    tally.rows += page.count
    for (const { name } of page.fields) tally.fields.add(name)
    for (const { field, op } of query.filters) tally.conditions.add(`${field} ${op}`)
    return page
  }

  /** Related rows of one value; all values that are asked for in the same turn go in one read. */
  related(key: string, read: RelatedRead, value: Value): Promise<RowObject[]> {
    if (value === null) return Promise.resolve([])
    let batch = this.#waiting.get(key)
    if (batch === undefined) {
      this.#waiting.set(key, batch = { read, values: new Map(), reject: [] })
      setImmediate(() => void this.#runRelated(key))
    }
    const { promise, resolve, reject } = Promise.withResolvers<RowObject[]>()
    const waiters = batch.values.get(value)
    if (waiters === undefined) batch.values.set(value, [resolve])
    else waiters.push(resolve)
    batch.reject.push(reject)
    return promise
  }

  async #runRelated(key: string): Promise<void> {
    const batch = this.#waiting.get(key)! // put there before this was scheduled
    this.#waiting.delete(key)
    const { plan, by, select, limit, filters: conditions = [] } = batch.read
    const fields = [...new Set([by, ...select])]
    try {
      const found = new Map<Value, RowObject[]>()
      const values = [...batch.values.keys()].filter((value) => value !== null)
      for (let start = 0; start < values.length; start += MAX_KEYS) {
        const filters: Filter[] = [...conditions, { field: by.name, op: 'in', values: values.slice(start, start + MAX_KEYS) }]
        const page = await this.page(plan, { select: fields, filters, sort: [], limit: MAX_RELATED, cursor: undefined })
        // Cut short, some parent would seem to have fewer than it has.
        if (page.nextCursor !== null) throw new AppError('delivery/query-too-large', {}, [{ pointer: `/${plan.entryCode}`, code: 'rows', message: `关联的行多于 ${MAX_RELATED}` }])
        for (const row of objectsOf(page)) {
          const value = row[by.name]!
          const rows = found.get(value)
          if (rows === undefined) found.set(value, [row])
          else if (rows.length < limit) rows.push(row)
        }
      }
      for (const [value, waiters] of batch.values) for (const resolve of waiters) resolve(found.get(value) ?? [])
    } catch (error) {
      for (const reject of batch.reject) reject(error)
    }
  }

  /**
   * Makes everything that was read provable: one entry of evidence for each resource.
   * @param answerHash of the JSON text of `data`
   * @returns receipt ids by entry code; open data have none
   */
  async record(answerHash: string, bytes: number): Promise<Record<string, string>> {
    const receipts: Record<string, string> = {}
    await Promise.all([...this.#tallies.values()].map(async ({ plan, state, fields, conditions, rows }, index) => {
      const receipt = await recordAccess(this.#context, plan, this.#caller, {
        action: this.#derived === undefined ? 'rows.read' : 'derived.read', ...(this.#derived === undefined ? {} : { derived: this.#derived }), fields: [...plan.fields.keys()].filter((name) => fields.has(name)), conditions: [...conditions], rows, bytes: index === 0 ? bytes : 0, answerHash, version: plan.version, state,
      })
      if (receipt !== null) receipts[plan.entryCode] = receipt
    }))
    return receipts
  }
}

export const objectsOf = ({ fields, rows }: RowPage): RowObject[] => rows.map((cells) => Object.fromEntries(fields.map((field, index) => [field.name, cells[index] ?? null])))
