import { describe, expect, it } from 'vitest'
import { stretchesOf } from './ranged.tsx'

describe('what was found in a text', () => {
  it('is cut out, and the text stays whole', () => {
    const stretches = stretchesOf('公共停车场信息', [[2, 5]])
    expect(stretches).toEqual([{ text: '公共', hit: false }, { text: '停车场', hit: true }, { text: '信息', hit: false }])
    for (const ranges of [[], [[0, 7]], [[0, 2], [5, 7]], [[3, 90]]] as [number, number][][]) expect(stretchesOf('公共停车场信息', ranges).map(({ text }) => text).join('')).toBe('公共停车场信息')
  })
})
