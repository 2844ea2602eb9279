import { fixedClock, isAppError } from '@datong/kernel'
import { describe, expect, it } from 'vitest'
import { createQuotas } from './quotas.ts'

/** Counters in memory answer at once, by value or by throwing. */
const refusal = async (call: () => unknown) => {
  try {
    await call()
    return undefined
  } catch (error) {
    if (isAppError(error)) return error
    throw error
  }
}
const nothing = async () => 0
const unused = { today: nothing, before: nothing }
const usedToday = (calls: number) => ({ today: async () => calls, before: nothing })

describe('quotas', () => {
  it('refuses the call beyond the quota of a second and says when to come again', async () => {
    const quotas = createQuotas({ clock: fixedClock('2026-11-22T02:00:00Z') })
    for (let call = 0; call < 3; call++) await quotas.take('a', { perSecond: 3, perDay: 100 }, unused)
    const error = await refusal(() => quotas.take('a', { perSecond: 3, perDay: 100 }, unused))
    expect(error?.code).toBe('delivery/quota-exceeded')
    expect(error?.params).toMatchObject({ window: 'second', retryAfterSeconds: 1 })
  })

  it('counts calls of today from before the process began', async () => {
    const quotas = createQuotas({ clock: fixedClock('2026-11-22T02:00:00Z') })
    const { remainingToday } = await quotas.take('a', { perSecond: 10, perDay: 10 }, usedToday(8))
    expect(remainingToday).toBe(1)
    await quotas.take('a', { perSecond: 10, perDay: 10 }, usedToday(8))
    expect((await refusal(() => quotas.take('a', { perSecond: 10, perDay: 10 }, usedToday(8))))?.params).toMatchObject({ window: 'day', retryAfterSeconds: 50_400 })
  })

  it('answers without a promise once it knows what was used before', async () => {
    const quotas = createQuotas({ clock: fixedClock('2026-11-22T02:00:00Z') })
    const quota = { perSecond: 100, perDay: 100 }
    const first = await Promise.all(Array.from({ length: 5 }, () => quotas.take('a', quota, usedToday(10))))
    expect(first.map(({ remainingToday }) => remainingToday)).toEqual([89, 88, 87, 86, 85])
    expect(quotas.take('a', quota, unused)).toMatchObject({ remainingToday: 84 })
  })

  it('asks again what was used when it could not be told, and counts nothing until then', async () => {
    const quotas = createQuotas({ clock: fixedClock('2026-11-22T02:00:00Z') })
    const quota = { perSecond: 100, perDay: 100 }
    await expect(quotas.take('a', quota, { today: async () => Promise.reject(new Error('down')), before: nothing })).rejects.toThrow('down')
    expect(await quotas.take('a', quota, usedToday(40))).toMatchObject({ remainingToday: 59 })
  })

  it('begins anew with the second, and with the day in China', async () => {
    const clock = fixedClock('2026-11-22T15:59:59Z')
    const quotas = createQuotas({ clock })
    const quota = { perSecond: 1, perDay: 2 }
    await quotas.take('a', quota, unused)
    expect((await refusal(() => quotas.take('a', quota, unused)))?.params).toMatchObject({ window: 'second' })
    clock.advance(1_000)
    expect(await quotas.take('a', quota, unused)).toMatchObject({ remainingToday: 1 })
  })

  it('keeps the counts of different grants apart', async () => {
    const quotas = createQuotas({ clock: fixedClock('2026-11-22T02:00:00Z') })
    await quotas.take('a', { perSecond: 1, perDay: 10 }, unused)
    expect(await quotas.take('b', { perSecond: 1, perDay: 10 }, unused)).toMatchObject({ remainingToday: 9, remainingThisSecond: 0 })
  })

  it('end with the total, whatever the day still allows, and count the days before', async () => {
    const clock = fixedClock('2026-11-22T02:00:00Z')
    const quotas = createQuotas({ clock })
    const quota = { perSecond: 100, perDay: 100, total: 10 }
    const used = { today: async () => 3, before: async () => 5 }
    expect(await quotas.take('a', quota, used)).toMatchObject({ remainingToday: 96 })
    await quotas.take('a', quota, used)
    expect((await refusal(() => quotas.take('a', quota, used)))?.code).toBe('delivery/quota-used-up')
    clock.advance(86_400_000)
    expect((await refusal(() => quotas.take('a', quota, { today: nothing, before: async () => 10 })))?.code).toBe('delivery/quota-used-up')
  })

  it('ask again for the days before when they could not be told', async () => {
    const quotas = createQuotas({ clock: fixedClock('2026-11-22T02:00:00Z') })
    const quota = { perSecond: 100, perDay: 100, total: 10 }
    await expect(quotas.take('a', quota, { today: nothing, before: async () => Promise.reject(new Error('down')) })).rejects.toThrow('down')
    expect(await quotas.take('a', quota, unused)).toMatchObject({ remainingToday: 98 })
  })
})
