import type { Issue } from '@datong/kernel'

/** One parameter of a masking method, in the words of JSON Schema, with its titles and a default. */
export type ParamDefinition = { readonly titleZh: string; readonly titleEn: string } & (
  | { readonly type: 'integer' | 'number'; readonly default: number; readonly minimum?: number; readonly maximum?: number; readonly exclusiveMinimum?: number }
  | { readonly type: 'boolean'; readonly default: boolean }
  | { readonly type: 'string'; readonly default: string; readonly enum?: readonly string[]; readonly maxLength?: number }
)
export type ParamDefinitions = Readonly<Record<string, ParamDefinition>>

/** The parameters as `compile` gets them. */
export type ParamsOf<Definitions extends ParamDefinitions> = {
  readonly [Name in keyof Definitions]: Definitions[Name] extends { readonly enum: readonly (infer Choice)[] }
    ? Choice
    : Definitions[Name] extends { readonly type: 'boolean' }
      ? boolean
      : Definitions[Name] extends { readonly type: 'string' }
        ? string
        : number
}

/** JSON Schema of an object whose properties all have defaults. */
export interface ParamsSchema {
  readonly type: 'object'
  readonly properties: ParamDefinitions
  readonly additionalProperties: false
}

export const toSchema = (properties: ParamDefinitions): ParamsSchema => ({ type: 'object', properties, additionalProperties: false })

/** Checks parameters and puts in defaults; all issues are reported, with JSON pointers. */
export function readParams<Definitions extends ParamDefinitions>(
  definitions: Definitions,
  raw: Readonly<Record<string, unknown>>,
): { params: ParamsOf<Definitions>; issues: Issue[] } {
  const params: Record<string, unknown> = {}
  const issues: Issue[] = []
  const issue = (name: string, code: string, message: string): void => {
    issues.push({ pointer: `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, code, message })
  }
  for (const name of Object.keys(raw)) if (!Object.hasOwn(definitions, name)) issue(name, 'unknown', `There is no parameter ${name}`)
  for (const [name, definition] of Object.entries(definitions)) {
    const value = Object.hasOwn(raw, name) && raw[name] !== undefined ? raw[name] : definition.default
    const fault = faultOf(definition, value)
    if (fault !== null) issue(name, fault.code, fault.message)
    params[name] = value
  }
  // The loop above has just checked each value against the definition that the type is derived from.
  return { params: params as ParamsOf<Definitions>, issues }
}

function faultOf(definition: ParamDefinition, value: unknown): { code: string; message: string } | null {
  if (definition.type === 'boolean') return typeof value === 'boolean' ? null : { code: 'type', message: 'Must be true or false' }
  if (definition.type === 'string') {
    if (typeof value !== 'string') return { code: 'type', message: 'Must be text' }
    if (definition.enum !== undefined && !definition.enum.includes(value)) {
      return { code: 'enum', message: `Must be one of ${definition.enum.join(', ')}` }
    }
    return value.length > (definition.maxLength ?? Infinity) ? { code: 'length', message: `At most ${definition.maxLength} characters` } : null
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) return { code: 'type', message: 'Must be a number' }
  if (definition.type === 'integer' && !Number.isSafeInteger(value)) return { code: 'type', message: 'Must be a whole number' }
  const { minimum = -Infinity, maximum = Infinity, exclusiveMinimum = -Infinity } = definition
  if (value < minimum || value > maximum || value <= exclusiveMinimum) {
    return { code: 'range', message: `Must lie between ${Math.max(minimum, exclusiveMinimum)} and ${maximum}` }
  }
  return null
}
