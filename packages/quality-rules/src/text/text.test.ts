import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GARBLED_SUSPECTS, isGarbled } from './garbled.ts'
import { isPlaceholder, PLACEHOLDERS } from './placeholders.ts'

describe('garbled text', () => {
  it.each(['ä¸œå\u008d\u008eé—¨', 'cafÃ©', '锟斤拷锟斤拷', '涓滃崕闂ㄨ閬', '临海\ufffd', '姓名???', 'ï»¿编号'])('is seen in %j', (text) =>
    expect(isGarbled(text)).toBe(true),
  )
  it.each(['临海市古城街道', '臺北市文山區忠順街二段', 'café', 'São Paulo', '王璐', '50 °C', '什么?', "L'Hôpital", '“引号”', '—'])('is not seen in %j', (text) =>
    expect(isGarbled(text)).toBe(false),
  )
})

describe('UTF-8 that was read as GB18030', () => {
  const suspects = new RegExp(GARBLED_SUSPECTS.replaceAll('\\x{', '\\u{'), 'u')
  const spoil = (text: string): string => new TextDecoder('gb18030').decode(new TextEncoder().encode(text))

  it('is seen from two Chinese characters on, and by the pattern for engines too', () => {
    const han = fc.array(fc.constantFrom(...'的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严'), { minLength: 2, maxLength: 12 }).map((signs) => signs.join(''))
    fc.assert(fc.property(han, (text) => isGarbled(spoil(text)) && suspects.test(spoil(text))), { numRuns: 5_000, examples: [['往什'], ['条的']] })
  })
  it('is next to never seen in real text', () => {
    const [from, until] = [0x4e00, 0x9fff]
    const any = fc.array(fc.integer({ min: from, max: until }).map((code) => String.fromCharCode(code)), { minLength: 1, maxLength: 6 }).map((signs) => signs.join(''))
    expect(fc.sample(any, { seed: 5, numRuns: 20_000 }).filter(isGarbled).length).toBeLessThan(10)
  })
})

describe('placeholders', () => {
  it.each([...PLACEHOLDERS, ' 无 ', 'N/A', 'NULL', '0000', '99999999', '11111111', '1900-01-01', '9999-12-31 00:00:00'])('%j is one', (value) =>
    expect(isPlaceholder(value)).toBe(true),
  )
  it.each(['', '0', '000', '无锡', '张无忌', '2020-01-01', '11111', '空气质量'])('%j is none', (value) => expect(isPlaceholder(value)).toBe(false))
})
