import { fixedClock } from '@datong/kernel'
import { describe, expect, it } from 'vitest'
import { createNonces } from './nonces.ts'

const START = '2026-11-22T02:00:00Z'
const seconds = (clock: { now(): Date }): number => Math.floor(clock.now().getTime() / 1_000)

describe('nonces', () => {
  it('are taken once a key', async () => {
    const clock = fixedClock(START)
    const nonces = createNonces(clock, null)
    const now = seconds(clock)
    expect(await nonces.take('a', 'n', now)).toBe('fresh')
    expect(await nonces.take('a', 'n', now)).toBe('seen')
    expect(await nonces.take('b', 'n', now)).toBe('fresh')
    expect(await nonces.take('a', 'm', now)).toBe('fresh')
  })

  it('of messages made before the start are not taken: an earlier process may have seen them', async () => {
    const clock = fixedClock(START)
    expect(await createNonces(clock, null).take('a', 'n', seconds(clock) - 1)).toBe('too-old')
  })

  it('do not come again when the clock jumps forth and back', async () => {
    const clock = fixedClock(START)
    const nonces = createNonces(clock, null)
    const before = seconds(clock)
    await nonces.take('a', 'n', before)
    clock.advance(3_600_000)
    await nonces.take('a', 'later', seconds(clock))
    clock.advance(-3_600_000 + 60_000)
    expect(await nonces.take('a', 'n', before)).toBe('too-old')
    expect(await nonces.take('a', 'new', seconds(clock))).toBe('fresh')
  })

  it('are bounded: the key with most gives way, and loses its oldest messages rather than the memory of them', async () => {
    const clock = fixedClock(START)
    const nonces = createNonces(clock, null, 100)
    const first = seconds(clock)
    await nonces.take('modest', 'n', first)
    for (let i = 0; i < 90; i++) await nonces.take('flood', `a${i}`, first)
    clock.advance(60_000)
    for (let i = 0; i < 20; i++) expect(await nonces.take('flood', `b${i}`, seconds(clock))).toBe('fresh')
    expect(await nonces.take('flood', 'a0', first)).toBe('too-old')
    expect(await nonces.take('flood', 'b0', seconds(clock))).toBe('seen')
    expect(await nonces.take('modest', 'n', first)).toBe('seen')
  })

  it('are asked of the shared memory when there is one', async () => {
    const known = new Map<string, number>()
    const shared = { add: async (name: string, lifeMs: number) => !known.has(name) && known.set(name, lifeMs) !== undefined }
    const clock = fixedClock(START)
    const [one, other] = [createNonces(clock, shared), createNonces(clock, shared)]
    expect(await one.take('a', 'n'.repeat(5_000), seconds(clock))).toBe('fresh')
    expect(await other.take('a', 'n'.repeat(5_000), seconds(clock))).toBe('seen')
    const [[name, lifeMs]] = [...known] as [[string, number]] // one was added
    expect(name.length).toBeLessThan(60)
    expect(lifeMs).toBeGreaterThanOrEqual(330_000)
  })
})
