import { describe, expect, it } from 'vitest'
import { isGarbled } from './garbled.ts'
import { isPlaceholder, PLACEHOLDERS } from './placeholders.ts'

describe('garbled text', () => {
  it.each(['ä¸œå\u008d\u008eé—¨', 'cafÃ©', '锟斤拷锟斤拷', '涓滃崕闂ㄨ閬', '临海\ufffd', '姓名???', 'ï»¿编号'])('is seen in %j', (text) =>
    expect(isGarbled(text)).toBe(true),
  )
  it.each(['临海市古城街道', '臺北市文山區忠順街二段', 'café', 'São Paulo', '王璐', '50 °C', '什么?', "L'Hôpital", '“引号”', '—'])('is not seen in %j', (text) =>
    expect(isGarbled(text)).toBe(false),
  )
})

describe('placeholders', () => {
  it.each([...PLACEHOLDERS, ' 无 ', 'N/A', 'NULL', '0000', '99999999', '11111111', '1900-01-01', '9999-12-31 00:00:00'])('%j is one', (value) =>
    expect(isPlaceholder(value)).toBe(true),
  )
  it.each(['', '0', '000', '无锡', '张无忌', '2020-01-01', '11111', '空气质量'])('%j is none', (value) => expect(isPlaceholder(value)).toBe(false))
})
