import { describe, expect, it } from 'vitest'
import { formatFor } from './format.ts'

const zh = formatFor('zh-CN')
const en = formatFor('en')

describe('figures', () => {
  it('are grouped', () => {
    expect(zh.number(1204)).toBe('1,204')
  })
  it('go by 万 and 亿 in Chinese and by million in English', () => {
    expect(zh.large(1_280_000)).toBe('128 万')
    expect(zh.large(123_000_000)).toBe('1.23 亿')
    expect(en.large(1_280_000)).toBe('1.28 million')
  })
  it('stay whole while small', () => {
    expect(zh.large(48_213)).toBe('48,213')
    expect(en.large(48_213)).toBe('48,213')
  })
  it('turn shares into percent and sizes into bytes', () => {
    expect(zh.percent(0.975)).toBe('97.5%')
    expect(zh.bytes(13_002_342)).toBe('12.4 MB')
    expect(zh.bytes(0)).toBe('0 B')
  })
})

describe('dates', () => {
  it('leave a calendar date as it is, whatever the time zone', () => {
    expect(zh.date('2026-11-22')).toBe('2026-11-22')
  })
  it('say how long ago within a month, then the date', () => {
    const now = new Date('2026-11-22T08:00:00Z')
    expect(zh.ago('2026-11-19T08:00:00Z', now)).toBe('3天前')
    expect(en.ago('2026-11-21T08:00:00Z', now)).toBe('yesterday')
    expect(en.ago('2026-09-01T08:00:00Z', now)).toBe('2026-09-01')
  })
  it('say how long something took', () => {
    expect(zh.duration(80)).toBe('1 分 20 秒')
    expect(en.duration(2.345)).toBe('2.35 s')
  })
})
