import { describe, expect, it } from 'vitest'
import { duckDbHarness } from '../../../packages/adapters/data-engine-duckdb/src/testing/harness.ts'
import { agreement } from './agreement.ts'
import { measureCity } from './city-truth.ts'

describe('rules against planted faults', () => {
  it('find every fault that has a sure sign, and nothing else by rules that look for sure signs', async () => {
    const { engine, directory, dispose } = await duckDbHarness()
    try {
      const { byFault, byRule } = await measureCity(engine, directory, { seed: 7, scale: 0.1 }, ['enterprise', 'food-licence', 'social-insurance'])
      for (const kind of ['citizen-number/check-digit', 'citizen-number/fifteen-digits', 'citizen-number/sex-disagrees', 'citizen-number/birth-date-disagrees', 'text/full-width', 'text/trailing-space', 'text/mojibake', 'row/exact-duplicate', 'period/reversed', 'amount/unit-written', 'person/many-accounts'] as const) {
        expect(byFault.get(kind)?.recall ?? 1, kind).toBe(1)
      }
      for (const kind of ['company/name-diverges', 'company/address-diverges', 'company/representative-diverges', 'value/placeholder'] as const) expect(byFault.get(kind)?.recall, kind).toBeGreaterThan(0.9)
      for (const rule of ['citizen-number-agrees', 'credit-code', 'garbled-text', 'duplicate-rows', 'column-order'] as const) expect(byRule.get(rule)?.precision ?? 1, rule).toBe(1)
      // Somebody is born on the first of January 1970, and spoilt text holds signs that nobody sees.
      for (const rule of ['not-blank', 'stray-characters'] as const) expect(byRule.get(rule)?.precision, rule).toBeGreaterThan(0.9)
      expect(byFault.size).toBeGreaterThan(12)
    } finally {
      await engine.close()
      await dispose()
    }
  }, 60_000)
})

describe('agreement', () => {
  it('is precision, recall and their harmonic mean', () => {
    expect(agreement(new Set(['a', 'b', 'c', 'd']), new Set(['a', 'b', 'x']))).toMatchObject({ right: 2, precision: 2 / 3, recall: 0.5, f1: expect.closeTo(4 / 7) })
    expect(agreement(new Set(), new Set())).toMatchObject({ precision: 1, recall: 1, f1: 1 })
  })
})
