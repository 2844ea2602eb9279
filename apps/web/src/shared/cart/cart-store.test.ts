import { describe, expect, it } from 'vitest'
import { CART_LIMIT, readCart, withItem, withoutItems } from './cart-store.ts'

const permits = { code: '306007-000001', title: '企业许可', fields: [] }
const parking = { code: '306007-000002', title: '停车场', fields: ['名称'] }

describe('the cart', () => {
  it('takes each entry once, in the order of asking', () => {
    expect(withItem(withItem([permits], parking), { ...permits, fields: ['许可编号'] })).toEqual([{ ...permits, fields: ['许可编号'] }, parking])
  })
  it('takes no more than its limit', () => {
    const full = Array.from({ length: CART_LIMIT }, (_, index) => ({ ...parking, code: `306007-${String(index + 10).padStart(6, '0')}` }))
    expect(withItem(full, permits)).toEqual(full)
  })
  it('loses what was filed', () => {
    expect(withoutItems([permits, parking], [permits.code])).toEqual([parking])
  })
})

describe('a stored cart', () => {
  it('comes back as it was', () => {
    expect(readCart(JSON.stringify([permits, parking]))).toEqual([permits, parking])
  })
  it.each([null, '', '{', '{"code":1}', '[{"code":1}]', '[null, "x"]'])('is empty when %j was found in its place', (stored) => {
    expect(readCart(stored)).toEqual([])
  })
})
