import { type DataEngine, type FieldSchema, type Row, ROW_COLUMN, type Value } from '@datong/data-engine'
import type { FieldType } from '@datong/kernel'
import type { LakeVersion } from '../deps.ts'

/** Places of one row in the version before and the version after; null where it is not. */
export interface RowChange {
  readonly before: number | null
  readonly after: number | null
}

/** Keys do not identify rows: one is empty, or stands twice. */
export class KeyUnfit extends Error {}

type Order = (one: Value, other: Value) => number

const byNumber: Order = (one, other) => Number(one) - Number(other)
/** Code points, as the engine sorts text; JavaScript's own order differs beyond the basic plane. */
const byCodePoint: Order = (one, other) => Buffer.compare(Buffer.from(String(one)), Buffer.from(String(other)))
const ORDERS: Readonly<Partial<Record<FieldType, Order>>> = { integer: byNumber, text: byCodePoint, date: byCodePoint, datetime: byCodePoint }

/** Types by which rows can be matched: those whose order is the same here and in the engine. */
export const canBeKey = ({ type }: Pick<FieldSchema, 'type'>): boolean => ORDERS[type] !== undefined

interface Keyed {
  readonly key: Value
  readonly row: number
  readonly cells: Row
}

/** Rows in the order of their key, once each. @throws KeyUnfit */
async function* byKey(engine: DataEngine, version: LakeVersion, key: FieldSchema, fields: readonly string[]): AsyncGenerator<Keyed> {
  const order = ORDERS[key.type]! // asked before: canBeKey
  const plan = { columns: [ROW_COLUMN, key.name, ...fields.filter((name) => name !== key.name)], sort: [{ field: key.name }] }
  let last: Value | undefined
  for await (const rows of engine.query({ files: version.files, schema: version.fields }, plan)) {
    for (const [row, value, ...cells] of rows) {
      if (value === null || value === undefined) throw new KeyUnfit('a key is empty')
      if (last !== undefined && order(last, value) >= 0) throw new KeyUnfit('a key stands twice')
      last = value
      yield { key: value, row: Number(row), cells }
    }
  }
}

/** Whether every row of a version has a key of its own. */
export async function isKeyOf(engine: DataEngine, version: LakeVersion, key: FieldSchema): Promise<boolean> {
  try {
    for await (const _ of byKey(engine, version, key, [])) continue
    return true
  } catch (error) {
    if (error instanceof KeyUnfit) return false
    throw error
  }
}

/** Whether two versions have the same fields of the same types, whatever their order. */
export function haveSameFields(one: readonly FieldSchema[], other: readonly FieldSchema[]): boolean {
  const types = new Map(one.map(({ name, type }) => [name, type]))
  return one.length === other.length && other.every(({ name, type }) => types.get(name) === type)
}

/**
 * What changed between two versions with the same fields: both are read in the order of the key and merged, so memory is
 * two batches. Rows whose cells are all the same are no change.
 * @throws KeyUnfit
 */
export async function* compareVersions(engine: DataEngine, before: LakeVersion, after: LakeVersion, key: FieldSchema): AsyncGenerator<RowChange> {
  const order = ORDERS[key.type]! // asked before: canBeKey
  const fields = after.fields.map(({ name }) => name)
  const olds = byKey(engine, before, key, fields)
  const news = byKey(engine, after, key, fields)
  try {
    let [old, fresh] = await Promise.all([olds.next(), news.next()])
    while (old.done !== true || fresh.done !== true) {
      const place = old.done === true ? 1 : fresh.done === true ? -1 : order(old.value.key, fresh.value.key)
      const [left, right] = [place <= 0 && old.done !== true ? old.value : null, place >= 0 && fresh.done !== true ? fresh.value : null]
      if (left === null || right === null || !haveSameCells(left.cells, right.cells)) yield { before: left?.row ?? null, after: right?.row ?? null }
      if (left !== null) old = await olds.next()
      if (right !== null) fresh = await news.next()
    }
  } finally {
    await Promise.all([olds.return(undefined), news.return(undefined)])
  }
}

const haveSameCells = (one: Row, other: Row): boolean => one.every((cell, index) => String(cell) === String(other[index]) && (cell === null) === (other[index] === null))
