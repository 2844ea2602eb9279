import type { Condition, Filter, Operand } from '@datong/data-engine'
import type { FieldSchema } from '@datong/data-engine'
import type { FieldType } from '@datong/kernel'
import type { ParameterSpec, ParameterValue } from './parameters.ts'
import type { Plan, Rule, UnmeasuredReason } from './rule.ts'
import type { Subject } from './subject.ts'

export const all = (...of: readonly Condition[]): Condition => ({ op: 'all', of })
export const any = (...of: readonly Condition[]): Condition => ({ op: 'any', of })
export const not = (of: Condition): Condition => ({ op: 'not', of })
export const blank = (field: string): Condition => ({ op: 'blank', field })
export const given = (field: string): Condition => not(blank(field))
export const isNull = (field: string): Filter => ({ field, op: 'null' })
export const compare = (left: Operand, by: 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte', right: Operand): Condition => ({ op: 'compare', left, by, right })

/** Parameters of a rule, read as what they are; what is of another kind is as if not given. */
export const textOf = ({ parameters }: Rule, name: string): string | null => {
  const value = parameters[name]
  return typeof value === 'string' && value !== '' ? value : null
}
export const numberOf = ({ parameters }: Rule, name: string): number | null => {
  const value = parameters[name]
  return typeof value === 'number' ? value : null
}
export const flagOf = ({ parameters }: Rule, name: string): boolean => parameters[name] === true
export const textsOf = ({ parameters }: Rule, name: string): readonly string[] => {
  const value = parameters[name]
  return isList(value) ? value : []
}
const isList = (value: ParameterValue | undefined): value is readonly string[] => Array.isArray(value)

export const nothing = (reason: UnmeasuredReason): Plan => ({ by: 'nothing', reason })

/** One `rows` measure. */
export const countRows = (failed: Condition, among?: Condition, doubtful?: Condition): Plan => ({
  by: 'engine',
  measures: [{ kind: 'rows', failed, ...(among === undefined ? {} : { among }), ...(doubtful === undefined ? {} : { doubtful }) }],
})

export const schemaOf = ({ version }: Subject, name: string | null): FieldSchema | undefined => version.schema.find((field) => field.name === name)

/** Plans on the rule's own field, or says that the version does not have it, or not as a type that the rule can look at. */
export function onField(rule: Rule, subject: Subject, make: (field: FieldSchema) => Plan, types?: readonly FieldType[]): Plan {
  const field = schemaOf(subject, rule.field)
  if (field === undefined) return nothing('field-missing')
  return types === undefined || types.includes(field.type) ? make(field) : nothing('wrong-type')
}

/** Plans when all these fields are there. */
export const withFields = (subject: Subject, names: readonly string[], make: () => Plan): Plan =>
  names.length > 0 && names.every((name) => schemaOf(subject, name) !== undefined) ? make() : nothing('field-missing')

type Titles = readonly [name: string, titleZh: string, titleEn: string]
type Extra = Partial<Pick<ParameterSpec, 'required' | 'default' | 'minimum' | 'maximum' | 'options' | 'of'>>

/** A parameter; not required and without a default unless said. */
export const parameter = (kind: ParameterSpec['kind'], [name, titleZh, titleEn]: Titles, extra: Extra = {}): ParameterSpec =>
  ({ name, titleZh, titleEn, kind, required: false, default: null, ...extra })

/** Fields that stand as text where they are to be read. */
export const TEXTUAL: readonly FieldType[] = ['text', 'integer']
