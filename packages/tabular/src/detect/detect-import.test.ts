import { utils, write } from '@e965/xlsx'
import { describe, expect, it } from 'vitest'
import { detectBytes, loadBytes, utf8 } from '../testing/run-normalise.ts'
import { cleanFieldNames } from './field-names.ts'
import { detectEncoding } from './detect-encoding.ts'

const people = (delimiter: string): string =>
  ['姓名', '年龄', '地址'].join(delimiter) + '\n' + ['张伟', '31', '北京市海淀区中关村路一号'].join(delimiter) + '\n' + ['李娜', '28', '上海市黄浦区人民路二号'].join(delimiter) + '\n'

/** GB18030 by asking the platform for every pair of bytes; there is no encoder in the Web API. */
function encodeDoubleByte(text: string, encoding: 'gb18030' | 'big5'): Uint8Array {
  const decoder = new TextDecoder(encoding)
  const known = new Map<string, [number, number]>()
  for (let a = 0x81; a < 0xff; a++) {
    for (let b = 0x40; b < 0xff; b++) known.set(decoder.decode(Uint8Array.of(a, b)), [a, b])
  }
  return Uint8Array.from([...text].flatMap((character) => (character < '\u0080' ? [character.charCodeAt(0)] : (known.get(character) ?? [0x3f]))))
}

const refused = (code: string): object => expect.objectContaining({ code })

describe('detecting how to read a file', () => {
  it.each([',', '\t', ';', '|'])('finds the delimiter %j', async (delimiter) => {
    const { options, decisions } = await detectBytes(utf8(people(delimiter)))
    expect(options).toMatchObject({ delimiter, encoding: 'utf-8', headerRows: 1, names: ['姓名', '年龄', '地址'] })
    expect(decisions.delimiter?.reasons[0]?.code).toBe('delimiter/even-records')
  })

  it('tells GB18030 from Big5 by the characters that come out', async () => {
    const gb = await detectBytes(encodeDoubleByte(people('|'), 'gb18030'))
    expect(gb.options).toMatchObject({ encoding: 'gb18030', delimiter: '|', names: ['姓名', '年龄', '地址'] })
    const big5 = detectEncoding(encodeDoubleByte('姓名,地址\n張三,臺北市中正區市民大道一段\n李四,高雄市三民區中山路\n', 'big5'))
    expect(big5.value).toBe('big5')
  })

  it('finds UTF-16 with and without a byte order mark', () => {
    const le = Uint8Array.from([...people(',')].flatMap((c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8]))
    expect(detectEncoding(Uint8Array.of(0xff, 0xfe, ...le)).value).toBe('utf-16le')
    const ascii = Uint8Array.from([...'id,name\n1,x\n2,y\n'].flatMap((c) => [0, c.charCodeAt(0)]))
    expect(detectEncoding(ascii).value).toBe('utf-16be')
  })

  it('keeps UTF-8 that is damaged here and there, and knows Latin letters', () => {
    const damaged = utf8(people(',').repeat(5))
    damaged[damaged.length - 3] = 0xff
    expect(detectEncoding(damaged).value).toBe('utf-8')
    expect(detectEncoding(Uint8Array.from([...'name\nJosé Muñoz\nFrançois\nBjörk\n'].map((c) => c.charCodeAt(0)))).value).toBe('windows-1252')
  })

  it('sees that a file has no header', async () => {
    const { options } = await detectBytes(utf8('1,2020-01-01,x\n2,2020-01-02,y\n3,2020-01-03,z\n'))
    expect(options).toMatchObject({ headerRows: 0, names: ['列1', '列2', '列3'] })
    const texts = await detectBytes(utf8('张伟,男,北京\n李娜,女,上海\n王强,男,北京\n'))
    expect(texts.options.headerRows).toBe(0)
  })

  it('takes a second row of names in another script as part of the header', async () => {
    const { options, alternateNames } = await detectBytes(utf8('区县,面积,人口\ndistrict,area,people\n东城,41.8,70\n西城,50.3,110\n'))
    expect(options).toMatchObject({ headerRows: 2, names: ['区县', '面积', '人口'] })
    expect(alternateNames).toEqual(['district', 'area', 'people'])
  })

  it('joins a header of groups and names, and skips titles above it', async () => {
    const text = '某市统计表,,,,\n地区,出生,,死亡,\n,男,女,男,女\n东城,1,2,3,4\n西城,5,6,7,8\n'
    const { options } = await detectBytes(utf8(text))
    expect(options).toMatchObject({ skipRows: 1, headerRows: 2, names: ['地区', '出生_男', '出生_女', '死亡_男', '死亡_女'] })
  })

  it('lets a person overrule it', async () => {
    const { options } = await detectBytes(utf8('a;b\n1;2\n'), { delimiter: ',', headerRows: 0 })
    expect(options).toMatchObject({ delimiter: ',', headerRows: 0, names: ['列1'] })
  })

  it('cleans names: white space, empty, repeated in any case, reserved', () => {
    const many = cleanFieldNames(Array.from({ length: 20_000 }, () => 'a'))
    expect([new Set(many).size, many[1], many.at(-1)]).toEqual([20_000, 'a_2', 'a_20000'])
    expect(cleanFieldNames(['a', 'a_2', 'A', 'a'])).toEqual(['a', 'a_2', 'A_3', 'a_4'])
    expect(cleanFieldNames([' a\n b ', 'A B', '', 'a b', '_row'])).toEqual(['a b', 'A B_2', '列3', 'a b_3', '_row_2'])
  })

  it('follows the records when they all have more or fewer fields than the header', async () => {
    const more = await loadBytes(utf8('a,b\n1,2,\n3,4,\n'))
    expect(more.csv).toBe('2,1,2,\n3,3,4,\n')
    const fewer = await loadBytes(utf8('a,b,c\nx,1\ny,2\n'))
    expect(fewer.csv).toBe('2,x,1,\n3,y,2,\n')
  })

  it('reads a table of a header alone as no rows', async () => {
    const { result } = await loadBytes(utf8('a,b,c\n'))
    expect(result).toMatchObject({ names: ['a', 'b', 'c'], rowsRead: 0, rowsWritten: 0 })
  })
})

describe('files that are not what their name says', () => {
  it('reads a workbook whatever it is called, with dates, codes and merged cells', async () => {
    const sheet = utils.aoa_to_sheet([['某局名单'], ['编号', '名称', '日期', '数量'], [12, '甲', 43831, 1.5], [13, '乙', 43832.5, 2]])
    sheet['C3']!.z = 'yyyy-mm-dd'
    sheet['C4']!.z = 'yyyy-mm-dd hh:mm'
    sheet['A3']!.z = '000000'
    sheet['A4']!.z = '000000'
    sheet['!merges'] = [{ s: { r: 0, c: 0 }, e: { r: 0, c: 3 } }]
    const book = utils.book_new(sheet, '名单')
    utils.book_append_sheet(book, utils.aoa_to_sheet([['x']]), '说明')
    // the library answers an ArrayBuffer for type array
    const bytes = new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer)
    const { detection, csv } = await loadBytes(bytes)
    expect(detection.options).toMatchObject({ format: 'sheet', sheet: '名单', skipRows: 1, headerRows: 1 })
    expect(csv).toBe('3,000012,甲,2020-01-01,1.5\n4,000013,乙,2020-01-02 12:00:00,2\n')
  })

  it('reads JSON arrays, wrapped lists and NDJSON without losing digits', async () => {
    const array = await loadBytes(utf8('[{"a":1,"b":"x"},\n {"a":12345678901234567890,"c":{"d":[1]}}, 5, {"a":null,"b":"\\"},{"}]'))
    expect(array.detection.options).toMatchObject({ format: 'json', names: ['a', 'b', 'c'] })
    expect(array.csv).toBe('1,1,x,\n2,12345678901234567890,,"{""d"":[1]}"\n2,,"""},{",\n')
    expect(array.rejects).toMatchObject([{ line: 2, reasonCode: 'not-an-object' }])
    const wrapped = await loadBytes(utf8('{"code":0,"data":{"total":2,"list":[{"k":"v"},{"k":"w"}]}}'))
    expect(wrapped.csv).toBe('1,v\n2,w\n')
    const lines = await loadBytes(utf8('{"k":1}\n{"k":\n{"k":"三"}\n'))
    expect(lines.csv).toBe('1,1\n3,三\n')
    expect(lines.rejects).toMatchObject([{ line: 2, reasonCode: 'invalid-json' }])
  })

  it('refuses what is no table, by name', async () => {
    const zip = [0x50, 0x4b, 3, 4, ...Array.from({ length: 26 }, () => 0), ...utf8('data.csv')]
    await expect(detectBytes(Uint8Array.from(zip))).rejects.toEqual(refused('tabular/archive-file'))
    await expect(detectBytes(Uint8Array.of(0x1f, 0x8b, 8, 0))).rejects.toEqual(refused('tabular/archive-file'))
    await expect(detectBytes(utf8('PAR1....'))).rejects.toEqual(refused('tabular/parquet-file'))
    await expect(detectBytes(utf8('<!DOCTYPE html><p>404</p>'))).rejects.toEqual(refused('tabular/not-a-table'))
    await expect(detectBytes(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 1, 2))).rejects.toEqual(refused('tabular/not-a-table'))
    await expect(detectBytes(new Uint8Array(0))).rejects.toEqual(refused('tabular/empty-file'))
    await expect(detectBytes(utf8('\n\n'))).rejects.toEqual(refused('tabular/no-table'))
  })

  it('refuses a damaged workbook with a sentence', async () => {
    const ole = new Uint8Array(600)
    ole.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
    await expect(detectBytes(ole)).rejects.toEqual(refused('tabular/unreadable-sheet'))
  })
})
