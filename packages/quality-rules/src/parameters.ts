import type { FieldSchema } from '@datong/data-engine'
import type { Issue } from '@datong/kernel'

export type ParameterValue = string | number | boolean | readonly string[] | null
export type ParameterValues = Readonly<Record<string, ParameterValue>>

/**
 * A parameter of a rule: enough to make a form of it and to check what comes in. `field`, `entry`, `code-list` and `element` hold names or
 * identifiers; `fields` and `texts` lists; `date` a day as YYYY-MM-DD; `bound` a number or a day, as its field has it.
 */
export interface ParameterSpec {
  readonly name: string
  readonly titleZh: string
  readonly titleEn: string
  readonly kind: 'number' | 'integer' | 'text' | 'pattern' | 'date' | 'bound' | 'boolean' | 'choice' | 'field' | 'fields' | 'texts' | 'entry' | 'code-list' | 'element'
  /** Without it the rule cannot run. */
  readonly required: boolean
  readonly default: ParameterValue
  readonly minimum?: number
  readonly maximum?: number
  /** Of a choice. */
  readonly options?: readonly { readonly value: string; readonly titleZh: string; readonly titleEn: string }[]
  /** Names fields of the entry given in this other parameter instead of the rule's own. */
  readonly of?: string
}

const MOST_TEXTS = 5_000
const LONGEST_TEXT = 1_000

/** Constructs that make a regular expression explode, and that the engine's linear-time one does not have. */
const NOT_LINEAR = /\(\?(?:[=!]|<[=!])|\\[1-9]|\(\?>|[*+?}]\+/

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= LONGEST_TEXT

const CHECKS: Readonly<Record<ParameterSpec['kind'], (value: ParameterValue, spec: ParameterSpec) => boolean>> = {
  number: (value, spec) => typeof value === 'number' && Number.isFinite(value) && within(value, spec),
  integer: (value, spec) => typeof value === 'number' && Number.isSafeInteger(value) && within(value, spec),
  text: isText,
  pattern: (value) => isText(value) && !NOT_LINEAR.test(value) && compiles(value),
  date: (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)),
  bound: (value) => (typeof value === 'number' && Number.isFinite(value)) || (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) && !Number.isNaN(Date.parse(value))),
  boolean: (value) => typeof value === 'boolean',
  choice: (value, { options = [] }) => options.some((option) => option.value === value),
  field: isText,
  fields: (value) => Array.isArray(value) && value.length > 0 && value.every(isText),
  texts: (value) => Array.isArray(value) && value.length <= MOST_TEXTS && value.every((one) => typeof one === 'string' && one.length <= LONGEST_TEXT),
  entry: isText,
  'code-list': isText,
  element: isText,
}

const within = (value: number, { minimum = -Infinity, maximum = Infinity }: ParameterSpec): boolean => value >= minimum && value <= maximum

function compiles(pattern: string): boolean {
  try {
    // RE2 has a short name for the script, and code points in braces without the u.
    new RegExp(pattern.replace(/^\(\?[ims]+\)/, '').replaceAll('\\p{Han}', '\\p{Script=Han}').replaceAll('\\x{', '\\u{'), 'u')
    return true
  } catch {
    return false
  }
}

/** The values with defaults in the place of what is not given. */
export const withDefaults = (specs: readonly ParameterSpec[], values: ParameterValues): ParameterValues =>
  Object.fromEntries(specs.map(({ name, default: standard }) => [name, values[name] ?? standard]))

/** All that is wrong with parameters, pointers into them. @param schema of the entry that the rule is for; unknown when not given */
export function checkParameters(specs: readonly ParameterSpec[], values: ParameterValues, schema?: readonly FieldSchema[]): Issue[] {
  const names = schema === undefined ? undefined : new Set(schema.map(({ name }) => name))
  const issues: Issue[] = []
  const wrong = (name: string, code: string, message: string): void => void issues.push({ pointer: `/parameters/${name}`, code, message })
  for (const name of Object.keys(values)) if (!specs.some((spec) => spec.name === name)) wrong(name, 'unknown', 'is no parameter of this rule')
  for (const spec of specs) {
    const value = values[spec.name] ?? spec.default
    if (value === null || (Array.isArray(value) && value.length === 0)) {
      if (spec.required) wrong(spec.name, 'required', 'is required')
    } else if (!CHECKS[spec.kind](value, spec)) wrong(spec.name, 'invalid', `is no ${spec.kind} as this rule takes it`)
    else if (names !== undefined && spec.of === undefined && (spec.kind === 'field' || spec.kind === 'fields')) {
      for (const field of [value].flat()) if (!names.has(String(field))) wrong(spec.name, 'unknown-field', `names the field "${String(field).slice(0, 100)}", which there is not`)
    }
  }
  return issues
}
