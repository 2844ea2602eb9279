import { type Filter, ROW_COLUMN, type Row } from '@datong/data-engine'
import type { DeliveryContext } from '../context.ts'
import { formOf, lookupKey, usualWritings } from './forms.ts'
import type { Claim } from './question.ts'
import { MAX_ROWS, type VerifyPlan } from './verify-plan.ts'

/** What holds of a claim. */
export interface Verdict {
  readonly match: boolean
  /** Whether any row with the identifier has the claimed value, in the order of the claims; all false when none has it. */
  readonly fields: readonly boolean[]
}

/**
 * Holds a claim against the unmasked rows within the grant's row filter: it matches when one row has every claimed value.
 * The same statement runs whether or not the identifier is there. Where there is no serving table the engine looks for
 * the usual writings of the identifier only.
 */
export async function lookUp(context: Pick<DeliveryContext, 'serving' | 'engine'>, verify: VerifyPlan, claims: readonly Claim[]): Promise<Verdict> {
  const rows = verify.plan.serving === null ? await fromLake(context, verify, claims) : await fromTable(context, verify, claims)
  // Cells come after the row's place.
  const held = rows.map((row) => claims.map((claim, index) => claim.form !== null && formOf(claim, row[index + 1] ?? null) === claim.form))
  const found = held.filter((fields) => fields.every((holds, index) => holds || !claims[index]!.identifying)) // one for each claim
  return {
    match: found.some((fields) => fields.every(Boolean)),
    fields: claims.map((_, index) => found.some((fields) => fields[index] === true)),
  }
}

async function fromTable({ serving }: Pick<DeliveryContext, 'serving'>, verify: VerifyPlan, claims: readonly Claim[]): Promise<Row[]> {
  const { shape, keysAt, values: bound } = verify.statement(claims.map((claim) => claim.name))
  const values = [...bound]
  const keys = claims.filter((claim) => claim.identifying).map(keyOf)
  keysAt.forEach((at, index) => { values[at] = keys[index] })
  const rows = await serving.batches.read(shape, values)
  // Serving columns have only types whose values are cells.
  return rows as Row[]
}

/** What the identifier is looked up by; nothing equals null, so that an impossible value runs the same statement. */
const keyOf = ({ form, field }: Claim): string | null => (form === null ? null : field.schema.type === 'text' ? lookupKey(form) : form)

async function fromLake({ engine }: Pick<DeliveryContext, 'engine'>, { plan }: VerifyPlan, claims: readonly Claim[]): Promise<Row[]> {
  const identifiers = claims.filter((claim) => claim.identifying)
  if (identifiers.some(({ form }) => form === null)) return []
  const filters: Filter[] = identifiers.map((claim) => ({ field: claim.field.name, op: 'in', values: lakeKeys(claim) }))
  const rows: Row[] = []
  const read = { columns: [ROW_COLUMN, ...claims.map(({ name }) => name)], filters: [...plan.rowFilter, ...filters], limit: MAX_ROWS }
  for await (const batch of engine.query({ files: plan.files, schema: plan.schema }, read)) rows.push(...batch)
  return rows
}

function lakeKeys({ form, given, field }: Claim): string[] {
  if (form === null) return []
  if (field.schema.type !== 'text') return [form]
  return [...new Set([String(given), String(given).trim(), ...usualWritings(form)])]
}
