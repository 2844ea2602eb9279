import { makeCity } from '@datong/demo-city'
import type { FieldType } from '@datong/kernel'
import { detectColumn } from '@datong/recognizers'
import type { DataElement } from '../data-element.ts'
import type { FieldContent } from '../field-content.ts'
import { createMapper, type Mapper } from '../map-fields.ts'
import { pinyinOf, readName } from '../names.ts'
import { SEED_CODE_LISTS } from '../seed/code-lists.ts'
import { CITY_TRUTH } from './city-truth.ts'

export interface JudgedField {
  readonly table: string
  readonly content: FieldContent
  /** Name of the element that it is; null for none. */
  readonly truth: string | null
}

const ROWS = 400

/** A type as the engine would infer it, near enough for tests of mappings. */
function typeOf(values: readonly string[]): FieldType {
  const most = (form: RegExp): boolean => values.length > 0 && values.filter((one) => form.test(one)).length / values.length > 0.97
  if (most(/^\d{4}-\d\d-\d\d$/)) return 'date'
  if (most(/^\d{4}-\d\d-\d\d[ T]\d\d:\d\d/)) return 'datetime'
  if (most(/^-?(0|[1-9]\d{0,14})$/)) return 'integer'
  return most(/^-?(0|[1-9]\d*)(\.\d+)?$/) ? 'decimal' : 'text'
}

/** Renames a field before it is looked at: recognisers see the new name too. */
export type Rename = (name: string, index: number) => string
export const initialsOf: Rename = (name) => pinyinOf(readName(name).names[0] ?? name).initials.toUpperCase()
export const numbered: Rename = (_, index) => `F${index + 1}`

/** All fields of the demonstration city with what they are. */
export function cityFields(rename: Rename = (name) => name): JudgedField[] {
  return makeCity({ seed: 7, today: '2026-03-10', scale: 0.03 }).tables.flatMap(({ key, fields, rows }) => {
    const some: string[][] = []
    for (const row of rows()) if (some.push([...row]) >= ROWS) break
    const truths = new Map(CITY_TRUTH[key]!.split(' ').map((one): [string, string] => (one.includes('=') ? [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)] : [one, one])))
    return fields.map(({ name, description }, index): JudgedField => {
      const values = some.flatMap((row) => (row[index] === undefined || row[index] === '' ? [] : [row[index]]))
      const truth = truths.get(name)
      if (truth === undefined) throw new Error(`nobody has judged ${key}.${name}`)
      const type = typeOf(values)
      const called = rename(name, index)
      const recognised = detectColumn(called, type, values).map(({ recognizer, confidence, evidence }) => ({ recognizer, confidence, validShare: evidence.validShare }))
      return { table: key, truth: truth === '-' ? null : truth, content: { name: called, description, type, values, recognised } }
    })
  })
}

export const seedMapper = (elements: readonly DataElement[]): Mapper => createMapper(elements, (id) => SEED_CODE_LISTS.find((list) => list.id === id)?.versions[0])

export interface Figures {
  /** Of the mappings from `least` confidence on, the share that is right. */
  readonly precision: number
  /** Of the fields that are something, the share that was mapped rightly. */
  readonly recall: number
  readonly wrong: readonly string[]
}

export function judge(mapper: Mapper, elements: readonly DataElement[], fields: readonly JudgedField[], least: number): Figures {
  const names = new Map(elements.map(({ id, name }) => [id, name]))
  let [right, told, something] = [0, 0, 0]
  const wrong: string[] = []
  for (const { table, content, truth } of fields) {
    const [best] = mapper.mapField(content).candidates
    const answer = best === undefined || best.confidence < least ? null : names.get(best.element) ?? null
    if (truth !== null) something++
    if (answer !== null) told++
    if (answer !== null && answer === truth) right++
    else if (answer !== null) wrong.push(`${table}.${content.name}: ${answer} ${best?.confidence}, is ${truth ?? 'none'}`)
  }
  return { precision: told === 0 ? 1 : right / told, recall: right / something, wrong }
}
