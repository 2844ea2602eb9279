import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isFormulaLike, neutraliseFormula } from './formula.ts'

describe('formulas in cells', () => {
  it.each(['=cmd|\' /C calc\'!A0', '+1+1', '-2+3|x', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1+1', '=', '+cmd'])('holds %j for a formula', (cell) => {
    expect(isFormulaLike(cell)).toBe(true)
    expect(neutraliseFormula(cell)).toBe(`'${cell}`)
  })

  it.each([-5, 3.5, true, null, '-5', '+3.5e7', '-', '--', '', '张三', 'a=b', '2020-01-01', "'=1", '+8613812341234'])(
    'leaves %j alone',
    (cell) => {
      expect(isFormulaLike(cell)).toBe(false)
      expect(neutraliseFormula(cell)).toBe(cell)
    },
  )

  it('is done once: what was made safe is safe', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'=+-@\t\r\n 1a|') }), (cell) => {
        const safe = neutraliseFormula(cell)
        expect(isFormulaLike(safe)).toBe(false)
        expect(neutraliseFormula(safe)).toBe(safe)
      }),
    )
  })
})
