import { Script } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { sampleOf } from './samples.ts'

const input = { origin: 'https://data.example', code: '306007-000123', query: { '区': "O'东城", 'PM2.5.gte': '35' }, key: false }

describe('a sample program', () => {
  it('lets curl write the parameters into the address', () => {
    expect(sampleOf('curl', input)).toBe([
      "# 区=O'东城&PM2.5.gte=35",
      "curl --get 'https://data.example/data/v1/306007-000123/rows' \\",
      "  --data-urlencode '%E5%8C%BA=O'\\''东城' \\",
      "  --data-urlencode 'PM2.5.gte=35'",
    ].join('\n'))
  })
  it('quotes values for Python', () => {
    expect(sampleOf('python', input)).toContain("params = {'区': 'O\\'东城', 'PM2.5.gte': '35', 'limit': '1000'}")
  })
  it('is JavaScript that can be read', () => {
    expect(() => new Script(`(async () => {${sampleOf('javascript', { ...input, key: true })}})`)).not.toThrow()
  })
  it('takes the key from the environment, never writes it', () => {
    for (const language of ['curl', 'python', 'javascript'] as const) expect(sampleOf(language, { ...input, key: true })).toContain('DATONG_KEY')
  })
})
