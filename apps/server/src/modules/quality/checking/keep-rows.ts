import type { Value } from '@datong/data-engine'
import { ROW_COLUMN } from '@datong/data-engine'
import type { LakeVersion } from '../../collection/index.ts'
import type { QualityContext } from '../context.ts'

/** Failing rows of one rule that are kept, and fields of each: enough to see the fault and to find the row. */
export const MOST_ROWS = 100
const MOST_FIELDS = 60
const LONGEST_TEXT = 300

/** Failing rows as they are sealed: what stays readable when the version itself is gone. */
export interface KeptRows {
  readonly fields: readonly string[]
  /** Of the fields, those that the rule looks at. */
  readonly concerned: readonly string[]
  /** Place in the version, then a text for each field. */
  readonly rows: readonly (readonly [number, ...(string | null)[]])[]
}

const purposeOf = (ruleId: string, version: number): string => `failing rows ${ruleId}/${version}`

const textOf = (value: Value): string | null => (value === null ? null : String(value).slice(0, LONGEST_TEXT))

/** Reads failing rows of a version by their places and seals them. Fields that the rule looks at come first. */
export async function sealRows(
  { engine, sealer }: Pick<QualityContext, 'engine' | 'sealer'>, data: LakeVersion, rule: { id: string; concerned: readonly string[] }, places: readonly number[], signal?: AbortSignal,
): Promise<Buffer> {
  const names = data.fields.map(({ name }) => name)
  const concerned = rule.concerned.filter((name) => names.includes(name))
  const fields = [...concerned, ...names.filter((name) => !concerned.includes(name))].slice(0, MOST_FIELDS)
  const rows: [number, ...(string | null)[]][] = []
  const plan = { columns: [ROW_COLUMN, ...fields], filters: [{ field: ROW_COLUMN, op: 'in' as const, values: [...places] }] }
  for await (const batch of engine.query({ files: data.files, schema: data.fields }, plan, signal)) {
    for (const [place, ...values] of batch) rows.push([Number(place), ...values.map(textOf)])
  }
  const kept: KeptRows = { fields, concerned, rows }
  return sealer.seal(JSON.stringify(kept), purposeOf(rule.id, data.number))
}

export function openRows({ sealer }: Pick<QualityContext, 'sealer'>, ruleId: string, version: number, sealed: Uint8Array): KeptRows {
  return JSON.parse(sealer.open(sealed, purposeOf(ruleId, version))) as KeptRows // sealed by `sealRows`
}
