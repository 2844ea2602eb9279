import type { SourceKindView } from '@datong/contracts'

/** One setting of a kind of source, as its form draws it. */
export interface Setting {
  readonly name: string
  readonly label: string
  readonly help: string | undefined
  readonly required: boolean
  readonly given: string | number | boolean | undefined
  readonly kind: 'text' | 'long' | 'secret' | 'whole' | 'yes-no' | 'choice'
  readonly choices: readonly { readonly value: string; readonly label: string }[]
  readonly pattern: RegExp | undefined
  readonly least: number | undefined
  readonly most: number | undefined
}

type Json = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)

/** The settings (or secrets) of a kind out of its JSON Schema, in its order. */
export function settingsOf(schema: SourceKindView['settings'], language: 'zh-CN' | 'en'): Setting[] {
  if (!isObject(schema) || !isObject(schema['properties'])) return []
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  return Object.entries(schema['properties']).flatMap(([name, property]) => (isObject(property) ? [settingOf(name, property, required.includes(name), language)] : []))
}

function settingOf(name: string, property: Json, required: boolean, language: 'zh-CN' | 'en'): Setting {
  const isEnglish = language === 'en'
  const words = isObject(property['words']) ? property['words'] : {}
  const choices = Array.isArray(property['enum']) ? property['enum'].filter((value) => typeof value === 'string') : []
  const given = property['default']
  return {
    name, required,
    label: (isEnglish ? textOf(property['titleEn']) : textOf(property['title'])) ?? name,
    help: isEnglish ? textOf(property['helpEn']) : textOf(property['helpZh']),
    given: typeof given === 'string' || typeof given === 'number' || typeof given === 'boolean' ? given : undefined,
    kind: kindOf(property, choices.length > 0),
    choices: choices.map((value) => ({ value, label: wordOf(words[value], isEnglish) ?? value })),
    pattern: patternOf(textOf(property['pattern'])),
    least: numberOf(property['minimum']) ?? numberOf(property['minLength']),
    most: numberOf(property['maximum']) ?? numberOf(property['maxLength']),
  }
}

function kindOf(property: Json, isChoice: boolean): Setting['kind'] {
  if (isChoice) return 'choice'
  if (property['isSecret'] === true) return 'secret'
  if (property['isLong'] === true) return 'long'
  const type = property['type']
  return type === 'integer' || type === 'number' ? 'whole' : type === 'boolean' ? 'yes-no' : 'text'
}

const wordOf = (label: unknown, isEnglish: boolean): string | undefined => (isObject(label) ? textOf(label[isEnglish ? 'en' : 'zh']) : undefined)

function patternOf(pattern: string | undefined): RegExp | undefined {
  try {
    return pattern === undefined ? undefined : new RegExp(pattern, 'u')
  } catch {
    // The server checks it anyhow.
    return undefined
  }
}

/** What a new source of the kind begins with. */
export const givenOf = (settings: readonly Setting[]): Record<string, string | number | boolean> =>
  Object.fromEntries(settings.flatMap(({ name, given }) => (given === undefined ? [] : [[name, given]])))

/** The values that were filled in: empty ones are left out. */
export const filled = (values: Readonly<Record<string, unknown>> | undefined): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values ?? {}).filter(([, value]) => value !== undefined && value !== null && value !== ''))
