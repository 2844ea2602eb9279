import type { FieldSchema, InferredField } from '@datong/data-engine'
import { describe, expect, it } from 'vitest'
import { commonType, mergedFields } from './merge-fields.ts'

const older = (name: string, type: FieldSchema['type'], size: object = {}): FieldSchema => ({ name, type, nullable: false, ...size })
const next = (name: string, type: FieldSchema['type'], reading: InferredField['reading'], more: object = {}): InferredField =>
  ({ name, type, reading, nullable: false, filled: 9, placeholders: 0, misfits: 0, confidence: 1, reason: 'x', ...more })

describe('the fields of merged rows', () => {
  it('are the older ones in their order, then the new ones', () => {
    expect(mergedFields([older('a', 'text'), older('b', 'integer')], [next('c', 'date', 'date-zh'), next('A', 'text', 'text')]).map(({ name, reading, nullable }) => [name, reading, nullable])).toEqual([
      ['a', 'text', false], ['b', 'integer', true], ['c', 'date-zh', true],
    ])
  })

  it('have a type that holds what is there and what comes', () => {
    const typed = (from: FieldSchema, to: InferredField) => { const [field] = mergedFields([from], [to]); return [field!.type, field!.reading] }
    expect(typed(older('x', 'integer'), next('x', 'decimal', 'decimal-grouped'))).toEqual(['decimal', 'decimal-grouped'])
    expect(typed(older('x', 'decimal'), next('x', 'integer', 'integer-grouped'))).toEqual(['decimal', 'decimal-grouped'])
    expect(typed(older('x', 'date'), next('x', 'datetime', 'datetime-zh'))).toEqual(['datetime', 'datetime-zh'])
    expect(typed(older('x', 'text'), next('x', 'integer', 'integer'))).toEqual(['text', 'text'])
    expect(typed(older('x', 'boolean'), next('x', 'integer', 'integer'))).toEqual(['text', 'text'])
  })

  it('keep a type of which blanks say nothing', () => {
    expect(mergedFields([older('x', 'date')], [next('x', 'text', 'text', { filled: 0 })])[0]).toMatchObject({ type: 'date', reading: 'date-ymd' })
  })

  it('have room for the digits of both', () => {
    expect(mergedFields([older('x', 'decimal', { precision: 10, scale: 1 })], [next('x', 'decimal', 'decimal', { precision: 6, scale: 4 })])[0]).toMatchObject({ precision: 13, scale: 4 })
    expect(mergedFields([older('x', 'integer')], [next('x', 'decimal', 'decimal', { precision: 5, scale: 2 })])[0]).toMatchObject({ precision: 18, scale: 2 })
  })
})

it.each([['integer', 'decimal', 'decimal'], ['datetime', 'date', 'datetime'], ['date', 'integer', 'text'], ['text', 'text', 'text']] as const)('%s and %s have %s in common', (one, other, common) => {
  expect([commonType(one, other), commonType(other, one)]).toEqual([common, common])
})
