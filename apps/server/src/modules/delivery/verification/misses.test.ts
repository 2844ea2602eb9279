import { describe, expect, it } from 'vitest'
import { createMisses } from './misses.ts'

/** Misses on a clock that the test moves, beginning at noon in China. */
function counted() {
  let now = Date.parse('2026-11-22T04:00:00Z')
  const misses = createMisses({ clock: { now: () => new Date(now) }, limits: { perIdentifierAndDay: 2, perGrantAndHour: 3 } })
  const who = (identifier: string) => (): string => identifier
  return {
    pass: (ms: number) => { now += ms },
    miss: (identifier: string, grant = 'g') => misses.settle(grant, who(identifier), false),
    admit: (identifier: string, grant = 'g') => misses.admit(grant, who(identifier)),
  }
}

describe('misses in memory', () => {
  it('stop one person for the day, tell it once, and leave other persons and grants alone', () => {
    const { miss, admit, pass } = counted()
    expect([miss('a'), miss('a')]).toEqual([null, 'identifier'])
    expect(() => admit('a')).toThrow('delivery/too-many-misses')
    expect(() => admit('b')).not.toThrow()
    expect(() => admit('a', 'other')).not.toThrow()
    pass(11 * 3_600_000)
    expect(() => admit('a')).toThrow('delivery/too-many-misses')
    pass(3_600_000)
    expect(() => admit('a')).not.toThrow()
  })

  it('stop a grant for the rest of the hour that its first miss began', () => {
    const { miss, admit, pass } = counted()
    expect([miss('a'), miss('b')]).toEqual([null, null])
    pass(1_800_000)
    expect(miss('c')).toBe('grant')
    expect(() => admit('d')).toThrow('delivery/too-many-misses')
    expect(() => miss('d')).toThrow('delivery/too-many-misses')
    pass(1_800_000)
    expect(() => admit('d')).not.toThrow()
  })
})
