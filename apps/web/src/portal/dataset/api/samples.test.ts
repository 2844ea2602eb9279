import { Script } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { LANGUAGES, sampleOf } from './samples.ts'

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
  it('writes the whole address for Java', () => {
    expect(sampleOf('java', input)).toContain('URI.create("https://data.example/data/v1/306007-000123/rows?%E5%8C%BA=O%27%E4%B8%9C%E5%9F%8E&PM2.5.gte=35")')
  })
  it('takes the key from the environment, never writes it', () => {
    for (const language of LANGUAGES) expect(sampleOf(language, { ...input, key: true })).toContain('DATONG_KEY')
  })
})
