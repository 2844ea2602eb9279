import { type Filter, ROW_COLUMN, type Row } from '@datong/data-engine'
import type { DeliveryContext } from '../context.ts'
import { lookupKey, usualWritings } from './forms.ts'
import type { Claim } from './question.ts'
import { MAX_ROWS, type VerifyPlan, type VerifyStatement } from './verify-plan.ts'

/** What holds of a claim. */
export interface Verdict {
  readonly match: boolean
  /** Whether any row with the identifier has the claimed value, in the order of the claims; all false when none has it. */
  readonly fields: readonly boolean[]
}

/**
 * Holds a claim against the unmasked rows within the grant's row filter: it matches when one row has every claimed value.
 * The same statement runs whether or not the identifier is there; a live table is read as of `state`. Where there is no serving table the engine looks for
 * the usual writings of the identifier only.
 */
export async function lookUp(context: Pick<DeliveryContext, 'serving' | 'engine'>, verify: VerifyPlan, claims: readonly Claim[], statement: VerifyStatement | null, state: number | null): Promise<Verdict> {
  const rows = statement === null ? await fromLake(context, verify, claims) : await fromTable(context, statement, claims, state)
  const fields = claims.map(() => false)
  let match = false
  for (const row of rows) {
    // Cells come after the row's place.
    const held = claims.map((claim, index) => claim.holds(row[index + 1] ?? null))
    if (claims.some(({ identifying }, index) => identifying && !held[index])) continue
    match ||= held.every(Boolean)
    held.forEach((one, index) => { fields[index] ||= one })
  }
  return { match, fields }
}

async function fromTable({ serving }: Pick<DeliveryContext, 'serving'>, { shape, keysAt, isLive, values: bound }: VerifyStatement, claims: readonly Claim[], state: number | null): Promise<readonly Row[]> {
  const values = [...bound]
  if (isLive) values.splice(0, 2, state, state)
  let slot = 0
  for (const claim of claims) if (claim.identifying) values[keysAt[slot++]!] = keyOf(claim) // a place for each identifying field
  const rows = await serving.readShape(shape, values)
  // Serving columns have only types whose values are cells.
  return rows as readonly Row[]
}

/** What the identifier is looked up by; nothing equals null, so that an impossible value runs the same statement. */
const keyOf = ({ form, isText }: Claim): string | null => (form === null ? null : isText ? lookupKey(form) : form)

async function fromLake({ engine }: Pick<DeliveryContext, 'engine'>, { plan }: VerifyPlan, claims: readonly Claim[]): Promise<Row[]> {
  const identifiers = claims.filter((claim) => claim.identifying)
  if (identifiers.some(({ form }) => form === null)) return []
  const filters: Filter[] = identifiers.map((claim) => ({ field: claim.name, op: 'in', values: lakeKeys(claim) }))
  const rows: Row[] = []
  const read = { columns: [ROW_COLUMN, ...claims.map(({ name }) => name)], filters: [...plan.rowFilter, ...filters], limit: MAX_ROWS }
  for await (const batch of engine.query({ files: plan.files, schema: plan.schema }, read)) rows.push(...batch)
  return rows
}

function lakeKeys({ form, given, isText }: Claim): string[] {
  if (form === null) return []
  if (!isText) return [form]
  return [...new Set([String(given), String(given).trim(), ...usualWritings(form)])]
}
