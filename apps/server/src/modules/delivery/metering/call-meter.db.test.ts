import { operations } from '@datong/contracts'
import { AppError, fixedClock } from '@datong/kernel'
import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Caller } from '../../../platform/caller.ts'
import { aSystem } from '../../../platform/testing.ts'
import type { Route } from '../../../platform/route.ts'
import { evidenceMigrations } from '../../evidence/index.ts'
import { deliveryMigrations } from '../index.ts'
import { type CallFigureStore, createCallFigureStore } from './call-figure-store.ts'
import { createCallMeter, LATENCY_BOUNDS_MS, percentileMs } from './call-meter.ts'

const CODE = '301001-000001'
const APP = '00000000-0000-7000-8000-0000000000a1'
const system = aSystem(APP, 'C1')

describe('the time of calls', () => {
  it('is told as the bound that the wanted share of them stayed within', () => {
    expect(percentileMs([0, 5, 4, 1, 0, 0, 0, 0, 0, 0, 0, 0], 0.5)).toBe(2)
    expect(percentileMs([0, 5, 4, 1, 0, 0, 0, 0, 0, 0, 0, 0], 0.95)).toBe(10)
    expect(percentileMs([], 0.5)).toBeNull()
  })

  it('never falls when a greater share is asked for', () => {
    fc.assert(fc.property(fc.array(fc.nat(100), { minLength: 12, maxLength: 12 }), fc.double({ min: 0.01, max: 1, noNaN: true }), fc.double({ min: 0.01, max: 1, noNaN: true }), (latency, a, b) => {
      const [low, high] = [percentileMs(latency, Math.min(a, b)), percentileMs(latency, Math.max(a, b))]
      return low === null ? high === null : high !== null && low <= high && LATENCY_BOUNDS_MS.includes(low as (typeof LATENCY_BOUNDS_MS)[number])
    }))
  })
})

describe('how calls went', () => {
  let database: TestDatabase
  let figures: CallFigureStore
  const clock = fixedClock('2026-11-20T02:00:00Z')

  beforeEach(async () => {
    database = await createTestDatabase([...evidenceMigrations, ...deliveryMigrations])
    figures = createCallFigureStore(database.store.db, (statement) => database.store.pool.query(statement))
  })
  afterEach(() => database.drop())

  /** Calls a measured route once for each outcome; a text is the code of the error that the call meets. */
  async function calls(outcomes: readonly (string | null)[], caller: Caller = system): Promise<void> {
    const meter = createCallMeter({ figures, clock, log: { info: () => undefined, warn: () => undefined } })
    for (const outcome of outcomes) {
      const route: Route = {
        operation: operations.readRows, raw: true, lean: true,
        handle: async () => {
          if (outcome !== null) throw new AppError(outcome as 'delivery/no-grant')
          return undefined
        },
      }
      // The meter reads nothing but the caller and the code.
      await meter.measured(route).handle({ caller, params: { code: CODE } } as never, undefined as never, undefined as never).catch(() => undefined)
    }
    await meter.stop()
  }
  const all = () => figures.figures({ kind: 'all' }, { since: '2026-11-01' })

  it('is counted with the errors by code, and added up over the day', async () => {
    await calls([null, 'delivery/quota-exceeded', null])
    await calls(['delivery/quota-exceeded', 'delivery/revoked'])
    const { days, errors, latency } = await all()
    expect(days).toEqual([{ day: '2026-11-20', errors: 3 }])
    expect(errors).toEqual([{ code: 'delivery/quota-exceeded', count: 2 }, { code: 'delivery/revoked', count: 1 }])
    expect(latency.reduce((sum, count) => sum + count, 0)).toBe(5)
  })

  it('leaves no trace of entries that the caller may not see', async () => {
    await calls(['request/not-found'])
    expect(await all()).toEqual({ days: [], errors: [], latency: [] })
  })

  it('is told to the department that called and to the one whose data it is', async () => {
    await calls(['delivery/revoked'])
    const toldTo = async (organisation: string, entries: string[]) =>
      (await figures.figures({ kind: 'organisation', organisation, entries }, { since: '2026-11-01' })).errors.length
    expect(await toldTo('C1', [])).toBe(1)
    expect(await toldTo('P1', [CODE])).toBe(1)
    expect(await toldTo('X1', ['301001-000009'])).toBe(0)
  })
})
