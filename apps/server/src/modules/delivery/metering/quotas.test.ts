import { fixedClock, isAppError } from '@datong/kernel'
import { describe, expect, it } from 'vitest'
import { createQuotas } from './quotas.ts'

const refusal = async (call: Promise<unknown>) => call.then(() => undefined, (error: unknown) => (isAppError(error) ? error : Promise.reject(error)))
const unused = async () => 0

describe('quotas', () => {
  it('refuses the call beyond the quota of a second and says when to come again', async () => {
    const quotas = createQuotas({ clock: fixedClock('2026-11-22T02:00:00Z') })
    for (let call = 0; call < 3; call++) await quotas.take('a', { perSecond: 3, perDay: 100 }, unused)
    const error = await refusal(quotas.take('a', { perSecond: 3, perDay: 100 }, unused))
    expect(error?.code).toBe('delivery/quota-exceeded')
    expect(error?.params).toMatchObject({ window: 'second', retryAfterSeconds: 1 })
  })

  it('counts calls of today from before the process began', async () => {
    const quotas = createQuotas({ clock: fixedClock('2026-11-22T02:00:00Z') })
    const { remainingToday } = await quotas.take('a', { perSecond: 10, perDay: 10 }, async () => 8)
    expect(remainingToday).toBe(1)
    await quotas.take('a', { perSecond: 10, perDay: 10 }, async () => 8)
    expect((await refusal(quotas.take('a', { perSecond: 10, perDay: 10 }, async () => 8)))?.params).toMatchObject({ window: 'day', retryAfterSeconds: 50_400 })
  })

  it('keeps the counts of different grants apart', async () => {
    const quotas = createQuotas({ clock: fixedClock('2026-11-22T02:00:00Z') })
    await quotas.take('a', { perSecond: 1, perDay: 10 }, unused)
    await expect(quotas.take('b', { perSecond: 1, perDay: 10 }, unused)).resolves.toEqual({ remainingToday: 9 })
  })
})
