import { masksNothing } from '@datong/anonymisation'
import type { Filter } from '@datong/data-engine'
import { AppError } from '@datong/kernel'
import type { EntryRecord } from '../../catalog/index.ts'
import type { GrantRecord } from '../../sharing/index.ts'
import type { DeliveryDeps, LakeVersion } from '../deps.ts'
import type { Decision } from './decide.ts'
import { parseValue } from '../rows/parse-value.ts'
import { makeFilter } from '../rows/row-query.ts'
import { identifies, namesPersons, tellsPersonsApart } from './identifies.ts'
import { watermarkOf } from '../watermark/watermark-of.ts'
import type { DeliveryPlan, PlanField, ServingTable } from './plan.ts'

/**
 * Compiles grant + entry + masks + version into a plan. What a plan does not name cannot leave.
 * @throws AppError `delivery/row-filter-lost` when the version lacks a field that the grant's row filter needs: delivering
 *   without the filter would give more than was granted
 */
export function compilePlan(
  { entry, basis, grant }: Decision & { entry: EntryRecord }, version: LakeVersion, serving: ServingTable | null, { maskOf, ...marking }: Pick<DeliveryDeps, 'maskOf' | 'sealer' | 'watermarkFrom'>,
): DeliveryPlan {
  const described = new Map(entry.fields.map((field) => [field.name, field]))
  const fields = new Map<string, PlanField>()
  const persons: string[] = []
  for (const schema of version.fields) {
    const field = described.get(schema.name)
    const recognizer = field?.suggestion?.recognizer ?? null
    if (tellsPersonsApart(recognizer)) persons.push(schema.name)
    if (field === undefined || (grant !== undefined && !grant.fields.includes(schema.name))) continue
    const masking = grant?.masking[schema.name] ?? field.masking
    fields.set(schema.name, {
      name: schema.name, description: field.description, schema, grade: field.grade, identifier: field.identifier,
      masking, mask: masking === null ? null : maskOf(masking, schema, version.madeOn),
      // Opened to everybody, a masked field must not be found out by asking.
      lookUp: basis.kind !== 'open' && identifies(field.identifier, recognizer),
      namesPersons: masksNothing(masking) && namesPersons(recognizer),
    })
  }
  return {
    entryCode: entry.code,
    title: entry.title,
    provider: entry.organisation,
    basis,
    version: version.number,
    fixed: grant?.version_rule.kind === 'fixed',
    rowCount: version.rowCount,
    files: version.files,
    schema: version.fields,
    fields,
    persons,
    rowFilter: grant === undefined ? [] : rowFilterOf(grant, version),
    serving,
    watermark: watermarkOf(marking, basis, fields),
  }
}

function rowFilterOf(grant: GrantRecord, version: LakeVersion): Filter[] {
  const schemas = new Map(version.fields.map((schema) => [schema.name, schema]))
  return grant.filter.map(({ field, op, value }) => {
    const schema = schemas.get(field)
    const values = (Array.isArray(value) ? value : [value]).map((one) => (schema === undefined ? undefined : parseValue(String(one), schema)))
    const cells = values.map((parsed) => {
      if (parsed === undefined || !parsed.ok) throw new AppError('delivery/row-filter-lost', { grant: grant.number, field })
      return parsed.value
    })
    return makeFilter(field, op, cells)
  })
}
