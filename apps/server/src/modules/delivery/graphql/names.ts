import { pinyin } from 'pinyin-pro'
import type { DeliveryPlan } from '../plan/plan.ts'

/** `306007-000123` as part of a GraphQL name. */
const codeName = (entryCode: string): string => entryCode.replace('-', '_')

/** The query of a resource: stable as long as its code is. */
export const resourceName = (entryCode: string): string => `r${codeName(entryCode)}`
export const typeName = (entryCode: string): string => `R${codeName(entryCode)}`

/** What root fields and relations look like, to weigh a query before anything is known about it. */
export const RESOURCE_NAME = /^r\d+_\d+(_by_|$)/

const known = new WeakMap<DeliveryPlan['schema'], ReadonlyMap<string, string>>()

/**
 * GraphQL names (ASCII) of all fields of a version: pinyin of Chinese, letters and digits as they are. They are made over
 * all fields, also those that the caller does not get, so that one field has one name for everybody; a later field whose
 * name is taken gets its position.
 */
export function fieldNames({ schema }: Pick<DeliveryPlan, 'schema'>): ReadonlyMap<string, string> {
  let names = known.get(schema)
  if (names === undefined) {
    const taken = new Set<string>()
    names = new Map(schema.map(({ name }, position) => {
      const plain = asciiName(name)
      const own = plain === '' || taken.has(plain) ? `${plain === '' ? 'f' : `${plain}_`}${position + 1}` : plain
      taken.add(own)
      return [name, own]
    }))
    known.set(schema, names)
  }
  return names
}

function asciiName(name: string): string {
  const sounds = pinyin(name.normalize('NFKC').slice(0, 60), { toneType: 'none', type: 'array', v: true })
  const ascii = sounds.map((sound) => sound.replace(/[^A-Za-z0-9_]/g, '_')).join('').replace(/_+/g, '_').replace(/^_+|_+$/g, '').slice(0, 80)
  // Relations of a row begin with `r` and a digit; names may not begin with a digit.
  return /^\d|^r\d/.test(ascii) ? `f_${ascii}` : ascii
}
