import { AppError } from '@datong/kernel'
import { describe, expect, it } from 'vitest'
import { createCursorCodec } from './cursor.ts'

const codec = createCursorCodec(new Uint8Array(32).fill(7))

describe('cursors', () => {
  it('carry the last values through', () => {
    expect(codec.decode({ q: 'a' }, codec.encode({ q: 'a' }, ['停车', 4, null]))).toEqual(['停车', 4, null])
  })

  it('are refused by another query', () => {
    const cursor = codec.encode({ q: 'a' }, [1])
    expect(() => codec.decode({ q: 'b' }, cursor)).toThrow(AppError)
  })

  it('are refused when cut, changed or made up', () => {
    const cursor = codec.encode({}, [1])
    for (const broken of [cursor.slice(0, -2), `x${cursor.slice(1)}`, '', 'hello', '💥']) {
      expect(() => codec.decode({}, broken)).toThrow(AppError)
    }
  })
})
