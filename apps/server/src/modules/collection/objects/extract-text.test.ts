import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { extractText } from './extract-text.ts'
import { aDocx, aPdf, aZip } from './testing.ts'

describe('what a document tells', () => {
  it('is words and properties of office files, by their content and not by a name', async () => {
    expect(await extractText(aDocx(['停车场 &amp; 泊位', '第二段'], '停车规划'))).toEqual({ kind: 'docx', text: '停车场 & 泊位\n第二段', pages: null, properties: { title: '停车规划', author: '沈知澜' } })
    expect(await extractText(aZip({ 'xl/workbook.xml': '<workbook/>', 'xl/sharedStrings.xml': '<sst><si><t>区</t></si><si><t xml:space="preserve">泊 位</t></si></sst>', 'xl/worksheets/sheet1.xml': '<c><v>7</v></c>' })))
      .toMatchObject({ kind: 'xlsx', text: '区\n泊 位' })
    expect(await extractText(aZip({ 'ppt/presentation.xml': '<p/>', 'ppt/slides/slide2.xml': '<a:p>后</a:p>', 'ppt/slides/slide1.xml': '<a:p>前</a:p>' }))).toMatchObject({ kind: 'pptx', text: '前\n后', pages: 2 })
    expect(await extractText(aZip({ 'content.xml': '<text:p>公文</text:p>', 'meta.xml': '<dc:title>题</dc:title>' }))).toMatchObject({ kind: 'odf', text: '公文', properties: { title: '题' } })
  })

  it('is words, pages and title of a PDF', async () => {
    expect(await extractText(aPdf('Kerbside parking in the old town'))).toMatchObject({ kind: 'pdf', text: 'Kerbside parking in the old town', pages: 1, properties: { title: 'Parking plan' } })
  })

  it('is the size of an image', async () => {
    const png = Buffer.from('89504e470d0a1a0a0000000d49484452000002800000016808060000', 'hex')
    expect(await extractText(png)).toEqual({ kind: 'png', text: '', pages: null, properties: { width: '640', height: '360' } })
    const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffc0001108016802800301220002110103110100', 'hex')
    expect(await extractText(jpeg)).toMatchObject({ kind: 'jpeg', properties: { width: '640', height: '360' } })
  })

  it('is nothing for what is no document', async () => {
    expect(await extractText(Buffer.from([0, 1, 2, 3, 4, 5]))).toBeUndefined()
    expect(await extractText(Buffer.alloc(0))).toBeUndefined()
    expect(await extractText(aZip({ 'a.bin': 'x' }))).toBeUndefined()
  })

  it('refuses a part that unpacks to more than it may', async () => {
    await expect(extractText(aZip({ 'word/document.xml': Buffer.alloc(80 * 2 ** 20) }))).rejects.toThrow()
  })

  it('answers or refuses whatever bytes come, and holds no control characters', async () => {
    const docx = aDocx(['正文'])
    await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: docx.length - 1 }), fc.integer({ min: 0, max: 255 }), async (at, byte) => {
      const broken = Buffer.from(docx)
      broken[at] = byte
      const found = await extractText(broken).catch(() => undefined)
      expect(/[\0-\u0008]/.test(found?.text ?? '')).toBe(false)
    }))
  })
})
