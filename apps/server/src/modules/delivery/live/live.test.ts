import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { validatorOf } from '../rows/validator.ts'
import { stateOf } from '../rows/read-rows.ts'
import { asOf, compileRead } from '../serving/serving-sql.ts'
import { aPlan } from '../testing.ts'
import { cellOf, Unfit } from './live-cells.ts'
import { createLiveStates, liveNotice } from './live-states.ts'
import { canFollow } from './live-table.ts'

const decimal = (precision: number, scale: number) => ({ name: '金额', type: 'decimal', precision, scale, nullable: true }) as const
const field = (type: 'text' | 'integer' | 'boolean') => ({ name: 'a', type, nullable: true }) as const

describe('a text of a source', () => {
  it('is nothing when it is blank, and is else read as the engine reads it', () => {
    expect([null, '', ' \t\u3000'].map((text) => cellOf(field('text'), text))).toEqual([null, null, null])
    expect([cellOf(field('text'), ' 甲 '), cellOf(field('integer'), ' 12 '), cellOf(field('boolean'), 'true')]).toEqual([' 甲 ', '12', 'true'])
  })

  it('is read at once, whatever stands between its ends', () => {
    const text = `a${' '.repeat(1_000_000)}b`
    expect(cellOf(field('text'), text) === text).toBe(true)
    expect(cellOf(field('boolean'), ` ${text}\u3000`) === text).toBe(true)
  })

  it('that a number cannot hold is for the next version', () => {
    expect(() => cellOf(field('integer'), '9007199254740992')).toThrow(Unfit)
    expect(() => cellOf(field('integer'), '007')).toThrow(Unfit)
    expect(() => cellOf(decimal(4, 2), 'NaN')).toThrow(Unfit)
    // A short one leaves as a number, whatever digits its version happened to have.
    expect(cellOf(decimal(4, 2), '9999999999.99')).toBe('9999999999.99')
    expect(() => cellOf(decimal(4, 2), '12345678901234.56')).toThrow(Unfit)
    // A long one leaves as text with so many digits behind the point.
    expect(() => cellOf(decimal(20, 2), '1.234')).toThrow(Unfit)
    expect([cellOf(decimal(20, 2), '1.230'), cellOf(decimal(20, 2), '123456789012345678.12')]).toEqual(['1.230', '123456789012345678.12'])
  })

  it('that fits a short decimal is the number that it says', () => {
    fc.assert(fc.property(fc.integer({ min: -99_999_999, max: 99_999_999 }), fc.integer({ min: 0, max: 6 }), (digits, scale) => {
      const text = (digits / 10 ** scale).toFixed(scale)
      expect(Number(cellOf(decimal(15, 6), text))).toBe(Number(text))
    }))
  })
})

describe('a live table', () => {
  const plan = aPlan({ 登记号: 'text', 名称: 'text' })
  const live = { name: 'r_1', columns: new Map([['登记号', 'c0'], ['名称', 'c1']]), indexed: new Set(['登记号']), rowCount: 9, live: { base: 3, through: () => 7 } }

  it('follows a source that has all of its fields, its key among them', () => {
    const fields = [...plan.fields.values()].map(({ schema }) => schema)
    expect(canFollow(fields, { columns: ['名称', '登记号', '别的'], key: ['登记号'] })).toBe(true)
    expect(canFollow(fields, { columns: ['登记号'], key: ['登记号'] })).toBe(false)
    expect(canFollow(fields, { columns: ['名称', '登记号', '别的'], key: ['别的'] })).toBe(false)
  })

  it('is read as of a change: the newest one, or that of the version for who is granted it', () => {
    expect([stateOf(plan), stateOf({ ...plan, serving: live }), stateOf({ ...plan, serving: live, fixed: true })]).toEqual([null, 7, 3])
    const schema = new Map([...plan.fields.values()].map((one) => [one.name, one.schema]))
    const { text, values } = compileRead(live, { columns: ['登记号'], filters: [...asOf(7), { field: '登记号', op: 'eq', value: 'x' }], limit: 1 }, schema)
    expect([text, values]).toEqual(['select c0 from serving.r_1 where _from <= $1::bigint and _to > $2::bigint and c0 = $3::text order by _row limit $4', [7, 7, 'x', 1]])
    expect(() => compileRead({ ...live, live: null }, { columns: ['登记号'], filters: asOf(7) }, schema)).toThrow()
  })

  it('has another validator with each change, and a version the one that it always had', () => {
    const of = (state: number | null): string => validatorOf(plan, state, '/data/v1/x/rows', 'application/json')
    expect(new Set([of(null), of(1), of(2)]).size).toBe(3)
    expect(of(2)).toBe(of(2))
  })

  it('never goes back in a process, and tables of one entry do not know of each other', async () => {
    let tell = (_: string): void => undefined
    const states = createLiveStates({ listen: async (_, handler) => {
      tell = handler
      return { close: async () => undefined }
    } })
    await states.start()
    const [old, now] = [states.of('e', 'r_1', 5), states.of('e', 'r_2', 6)]
    for (const [table, through] of [['r_1', 8], ['r_2', 9], ['r_2', 7]] as const) tell(liveNotice({ entry: 'e', table, through }))
    expect([old(), now(), states.of('e', 'r_1', 2)()]).toEqual([8, 9, 8])
  })
})
