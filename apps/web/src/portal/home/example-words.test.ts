import { describe, expect, it } from 'vitest'
import { exampleWords } from './example-words.ts'

describe('words to try', () => {
  it('come from different themes first', () => {
    const words = exampleWords([
      { theme: 'transport', keywords: ['停车场'] }, { theme: 'transport', keywords: ['公交'] }, { theme: 'environment', keywords: ['空气质量'] },
    ])
    expect(words).toEqual(['停车场', '空气质量', '公交'])
  })
  it('are named once each', () => {
    expect(exampleWords([{ theme: 'market', keywords: ['企业'] }, { theme: 'law', keywords: ['企业', '许可'] }])).toEqual(['企业', '许可'])
  })
  it('are none where nobody wrote keywords', () => {
    expect(exampleWords([{ theme: 'market', keywords: [] }])).toEqual([])
  })
})
