import fc from 'fast-check'
import { expect, it } from 'vitest'
import { KeyTable } from './key-table.ts'

it('numbers keys as a map does', () => fc.assert(fc.property(fc.array(fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom('a', 'b', ''))), (keys) => {
  const table = new KeyTable()
  const map = new Map<string, number>()
  for (const key of keys) {
    if (!map.has(key)) map.set(key, map.size)
    expect(table.placeOf(key)).toBe(map.get(key))
  }
  expect(table.size).toBe(map.size)
})))

it('tells two hundred thousand neighbouring keys apart', () => {
  const table = new KeyTable()
  for (let i = 0; i < 200_000; i++) table.placeOf(`3:${i}`)
  for (let i = 0; i < 200_000; i += 997) expect(table.placeOf(`3:${i}`)).toBe(i)
})
