import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readChineseNumber } from './chinese-number.ts'
import { compareExact, exact, plus, readExact, roundExact, through, times, writeExact } from './exact-number.ts'
import { readAmount, worthOf } from './read-amount.ts'
import { type DayReading, readDay } from './read-day.ts'
import { trimText } from './spaces.ts'
import { levelsOf, standardAddress } from './standard-address.ts'
import { toHalfWidth } from './width.ts'

const yuan = (text: string, unless: '元' | '万元' = '元'): string | null => {
  const value = readAmount(text, unless)
  return value === null ? null : writeExact(value)
}
const western: DayReading = { era: 'western', order: 'ymd', serial: false, time: false }
const roc: DayReading = { ...western, era: 'roc' }

describe('spaces and widths', () => {
  it.each([
    [' 　a\u00a0', 'keep', 'a'], ['\u200b王\u200d 伟\ufeff', 'keep', '王 伟'], ['王　 伟', 'one', '王 伟'], ['王　 伟', 'none', '王伟'], ['a\u00adb', 'keep', 'ab'],
  ] as const)('%j with inner spaces %s becomes %j', (text, inner, after) => expect(trimText(text, inner)).toBe(after))
  it('are trimmed at once, also off a text with a million of them inside', () => {
    const text = `a${' '.repeat(1_000_000)}b`
    expect(trimText(` ${text} `, 'keep') === text).toBe(true)
    expect(trimText(text, 'one')).toBe('a b')
    expect(readDay('T'.repeat(1_000_000), western)).toBeNull()
  })
  it('trimming twice is trimming once', () => fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('keep', 'one', 'none'), (text, inner) => {
    const once = trimText(text, inner)
    expect(trimText(once, inner)).toBe(once)
  })))
  it('keeps Chinese punctuation wide unless all is asked for', () => {
    expect(toHalfWidth('ＡＢ１２（东）', 'letters-digits')).toBe('AB12（东）')
    expect(toHalfWidth('ＡＢ１２（东）　', 'all')).toBe('AB12(东) ')
  })
  it('leaves no full-width form', () => fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
    expect(toHalfWidth(text, 'all')).not.toMatch(/[\uff01-\uff5e\u3000]/)
    expect(toHalfWidth(text, 'letters-digits')).toHaveLength(text.length)
  })))
})

describe('exact numbers', () => {
  const figures = fc.tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.integer({ min: 0, max: 6 })).map(([digits, scale]) => exact(digits, 10n ** BigInt(scale)))
  it('are read as they are written', () => fc.assert(fc.property(figures, (value) => {
    expect(compareExact(readExact(writeExact(value))!, value)).toBe(0)
  })))
  it('add and multiply as fractions do', () => fc.assert(fc.property(figures, figures, figures, (a, b, c) => {
    expect(times(plus(a, b), c)).toEqual(plus(times(a, c), times(b, c)))
    if (b.over !== 0n) expect(times(through(a, b), b)).toEqual(exact(a.over, a.under))
  })))
  it('are rounded by at most half a last digit', () => fc.assert(fc.property(figures, fc.integer({ min: 0, max: 4 }), (value, scale) => {
    const off = plus(roundExact(value, scale), exact(-value.over, value.under))
    expect(compareExact(exact(off.over < 0n ? -off.over : off.over, off.under), exact(1n, 2n * 10n ** BigInt(scale)))).toBeLessThanOrEqual(0)
  })))
  it.each([['1,234.50', '1234.5'], ['-.5', '-0.5'], ['12.', '12'], ['007', '7'], ['0.10', '0.1'], ['-0', '0']])('%s is %s', (text, written) => expect(writeExact(readExact(text)!)).toBe(written))
  it.each(['', '1,23', '1,2345', '1.2.3', '1e5', '十', '--1', '9'.repeat(61)])('%j is none', (text) => expect(readExact(text)).toBeNull())
  it('rounds halves away from zero', () => {
    expect([writeExact(exact(5n, 2n), 0), writeExact(exact(-5n, 2n), 0), writeExact(exact(1n, 3n)), writeExact(exact(2n, 3n), 2)]).toEqual(['3', '-3', '0.3333333333', '0.67'])
  })
})

describe('amounts of money', () => {
  // 中国人民银行《支付结算办法》附一“正确填写票据和结算凭证的基本规定” (1997), its own examples.
  it.each([
    ['人民币壹仟肆佰零玖元伍角', '1409.5'], ['人民币陆仟零柒元壹角肆分', '6007.14'], ['人民币壹仟陆佰捌拾元零叁角贰分', '1680.32'], ['人民币壹仟陆佰捌拾元叁角贰分', '1680.32'],
    ['人民币壹拾万柒仟元零伍角叁分', '107000.53'], ['人民币壹拾万零柒仟元伍角叁分', '107000.53'], ['人民币壹万陆仟肆佰零玖元零贰分', '16409.02'], ['人民币叁佰贰拾伍元零肆分', '325.04'],
  ])('%s is %s 元', (text, amount) => expect(yuan(text)).toBe(amount))
  it.each([
    ['1,234.5万元', '12345000'], ['￥12.3亿', '1230000000'], ['１２．５ 万', '125000'], ['5元3角2分', '5.32'], ['3亿2000万元', '320000000'], ['2万亿元', '2000000000000'], ['50百万元', '50000000'],
    ['(1,200.00)', '-1200'], ['-¥300', '-300'], ['三百二十万元', '3200000'], ['壹佰万元整', '1000000'], ['RMB 20', '20'], ['12元整', '12'], ['0', '0'], ['10块', '10'],
  ])('%s is %s 元', (text, amount) => expect(yuan(text)).toBe(amount))
  it('takes a unit for numbers that name none', () => expect([yuan('12', '万元'), yuan('12元', '万元')]).toEqual(['120000', '12']))
  it.each(['', '12美元', '$12', '约12万元', '12-15万元', '万元', '3角2元', '1,23元', '12元13', '一二三元', 'NaN', '十万火急'])('%j is none', (text) => expect(yuan(text)).toBeNull())

  const DIGITS = '零壹贰叁肆伍陆柒捌玖'
  const group = (value: number): string => ['仟', '佰', '拾', ''].map((unit, at) => [Math.floor(value / 10 ** (3 - at)) % 10, unit] as const)
    .map(([digit, unit]) => (digit === 0 ? '零' : DIGITS[digit]! + unit)).join('').replace(/零+/g, '零').replace(/零$/, '')
  it('reads any amount as a cheque writes it', () => fc.assert(fc.property(fc.integer({ min: 1, max: 99_999_999 }), fc.integer({ min: 0, max: 99 }), (whole, fen) => {
    const [high, low] = [Math.floor(whole / 10_000), whole % 10_000]
    const text = `${high > 0 ? `${group(high)}万` : ''}${group(low)}元`.replace(/^零/, '') + (fen >= 10 ? `${DIGITS[Math.floor(fen / 10)]}角` : fen > 0 ? '零' : '') + (fen % 10 > 0 ? `${DIGITS[fen % 10]}分` : '整')
    expect(yuan(text)).toBe(writeExact(exact(BigInt(whole) * 100n + BigInt(fen), 100n)))
  })))
  it('changes units without loss', () => fc.assert(fc.property(fc.bigInt({ min: 0n, max: 10n ** 14n }), (fen) => {
    const inWan = writeExact(through(exact(fen, 100n), worthOf('万元')))
    expect(compareExact(readAmount(`${inWan}万元`, '元')!, exact(fen, 100n))).toBe(0)
  })))
})

describe('Chinese numerals', () => {
  it.each([['十二', 12n], ['廿三', 23n], ['三百零五', 305n], ['一千零一', 1001n], ['二万亿', 2_000_000_000_000n], ['壹亿零贰拾叁', 100_000_023n], ['零', 0n]])('%s is %s', (text, value) => expect(readChineseNumber(text)).toBe(value))
  it.each(['', '百', '十百', '一二', '万', '三千千', '五万六万'])('%j is none', (text) => expect(readChineseNumber(text)).toBeNull())
})

describe('dates', () => {
  it.each([
    ['2019-11-05', '2019-11-05'], ['2019/11/5', '2019-11-05'], ['2019.11.5', '2019-11-05'], ['20191105', '2019-11-05'], ['2019年11月5日', '2019-11-05'], ['２０１９年１１月５日', '2019-11-05'],
    ['二〇一九年十一月五日', '2019-11-05'], ['二零二〇年二月廿九日', '2020-02-29'], ['5 Nov 2019', '2019-11-05'], ['November 5, 2019', '2019-11-05'], ['2019-11-05 08:30:00', '2019-11-05'],
    ['2019-11-05T20:00:00Z', '2019-11-06'], ['2019年11月5日8时30分', '2019-11-05'], ['民國108年11月5日', '2019-11-05'], ['民国元年1月1日', '1912-01-01'], ['中華民國一百零八年十一月五日', '2019-11-05'],
    ['民國前1年10月10日', '1911-10-10'],
  ])('%s is %s', (text, day) => expect(readDay(text, western)).toBe(day))
  it.each([['108/11/5', '2019-11-05'], ['108.11.05', '2019-11-05'], ['108年11月5日', '2019-11-05'], ['1081105', '2019-11-05'], ['0860610', '1997-06-10'], ['860610', '1997-06-10'], ['2019/11/5', '2019-11-05'], ['20191105', '2019-11-05']])(
    '%s is %s where years are of the Republic', (text, day) => expect(readDay(text, roc)).toBe(day),
  )
  it.each(['', '2019-02-29', '19-11-05', '108/11/5', '1081105', '2019-13-01', '11/05/2019', '0000-00-00', '2019年11月', '2019-11/05', '43774', '明天', '2019-11-05 25:00', '2019年11-5'])(
    '%j is no date without a guess', (text) => expect(readDay(text, western)).toBeNull(),
  )
  it('takes the order that it is told', () => {
    expect(readDay('05/11/2019', { ...western, order: 'dmy' })).toBe('2019-11-05')
    expect(readDay('11/05/2019 8:30 PM', { ...western, order: 'mdy', time: true })).toBe('2019-11-05 20:30:00')
  })
  it('counts days as spreadsheets do, when told', () => {
    expect([readDay('43774', { ...western, serial: true }), readDay('43774.5', { ...western, serial: true, time: true })]).toEqual(['2019-11-05', '2019-11-05 12:00:00'])
  })
  it('keeps the time when told, in China’s zone', () => {
    const timed = { ...western, time: true }
    expect(['2019-11-05', '20191105083000', '2019-11-05T20:00:00Z', '2019年11月5日下午3时05分', '2019-11-05T08:30:00.5+08:00'].map((text) => readDay(text, timed)))
      .toEqual(['2019-11-05', '2019-11-05 08:30:00', '2019-11-06 04:00:00', '2019-11-05 15:05:00', '2019-11-05 08:30:00'])
  })
  it('reads every day in every form as that day', () => fc.assert(fc.property(fc.date({ min: new Date('1912-01-01'), max: new Date('2110-12-31'), noInvalidDate: true }), (at) => {
    const iso = at.toISOString().slice(0, 10)
    const [y, m, d] = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()]
    for (const text of [`${y}/${m}/${d}`, `${y}年${m}月${d}日`, iso.replaceAll('-', ''), `${y}.${m}.${d} 0:00:00`, `民國${y - 1911}年${m}月${d}日`]) expect(readDay(text, western)).toBe(iso)
    for (const text of [`${y - 1911}/${m}/${d}`, `${String(y - 1911).padStart(3, '0')}${iso.slice(5, 7)}${iso.slice(8)}`]) expect(readDay(text, roc)).toBe(iso)
    expect(readDay(iso, western)).toBe(iso)
  })))
})

describe('addresses', () => {
  const provinceOf = new Map([['台州市', '浙江省'], ['杭州市', '浙江省'], ['南京市', '江苏省']])
  const within = { province: '浙江省', city: '台州市', provinceOf }
  const anywhere = { province: '', city: '', provinceOf }
  it('are completed from above, in half width without spaces', () => {
    expect(standardAddress(' 临海市古城街道　巾山路１０８号 ', within)?.text).toBe('浙江省台州市临海市古城街道巾山路108号')
    expect(standardAddress('浙江台州市椒江区市府大道1号', within)?.text).toBe('浙江省台州市椒江区市府大道1号')
    expect(standardAddress('北京海淀区中关村大街27号', anywhere)?.text).toBe('北京市海淀区中关村大街27号')
    expect(standardAddress('浙江省杭州市西湖区文三路199—3号', anywhere)?.text).toBe('浙江省杭州市西湖区文三路199-3号')
    expect(standardAddress('南京市玄武区北京东路41号', within)?.text).toBe('江苏省南京市玄武区北京东路41号')
    expect(standardAddress('江苏省南京市北京东路41号', within)?.text).toBe('江苏省南京市北京东路41号')
  })
  it('give their levels', () => expect(levelsOf('浙江省台州市临海市古城街道巾山路108号')).toEqual({ province: '浙江省', city: '台州市', county: '临海市', town: '古城街道', road: '巾山路', number: '108号' }))
  it('are none without a level', () => expect(standardAddress('不详', within)).toBeNull())
  it('are not put into a city of another province', () => expect(standardAddress('江苏省玄武区北京东路41号', within)?.text).toBe('江苏省玄武区北京东路41号'))
  it('stay as they are once they are standard', () => {
    for (const text of ['浙江省台州市临海市古城街道巾山路108号', '浙江省台州市椒江区市府大道1号3幢201室']) expect(standardAddress(text, within)?.text).toBe(text)
  })
})
