import type { FieldSchema, InferredField } from '@datong/data-engine'
import { expect, it } from 'vitest'
import { differenceOf } from './judge-drift.ts'

const older: FieldSchema[] = [{ name: '编号', type: 'integer', nullable: false }, { name: 'Name', type: 'text', nullable: true }, { name: 'day', type: 'date', nullable: true }]
const now = (name: string, type: FieldSchema['type'], filled = 5): InferredField => ({ name, type, reading: type === 'text' ? 'text' : type === 'date' ? 'date-ymd' : type === 'datetime' ? 'datetime-ymd' : 'integer', nullable: true, filled, placeholders: 0, misfits: 0, confidence: 1, reason: 'x' })

it('finds no difference in other cases of letters, another order, blanks, or narrower types', () => {
  expect(differenceOf(older, [now('day', 'text', 0), now('name', 'integer'), now('编号', 'integer')])).toBeUndefined()
})

it('tells what came, what went, and what holds other values now', () => {
  expect(differenceOf(older, [now('编号', 'text'), now('day', 'datetime'), now('phone', 'integer')])).toEqual({
    added: [{ name: 'phone', type: 'integer' }], lost: [{ name: 'Name', type: 'text' }], retyped: [{ name: '编号', from: 'integer', to: 'text' }, { name: 'day', from: 'date', to: 'datetime' }],
  })
})
