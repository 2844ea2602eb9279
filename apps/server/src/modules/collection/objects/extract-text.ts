import { isUtf8 } from 'node:buffer'
import type { ExtractedText } from './extracted.ts'
import { imageProperties } from './image-properties.ts'
import { officeText } from './office-text.ts'

/** Beyond so many characters nobody searches; the file itself has them. */
const LONGEST_TEXT = 1_000_000
const MOST_PDF_PAGES = 2_000
/** Values of properties that are kept. */
const LONGEST_PROPERTY = 500

/**
 * Words and properties of a document, known by its content and never by its name.
 * @returns undefined for a file that is no document that we read
 * @throws Error when it is broken or encrypted
 */
export async function extractText(file: Buffer): Promise<ExtractedText | undefined> {
  const found = await read(file)
  return found && {
    ...found, text: tidied(found.text),
    properties: Object.fromEntries(Object.entries(found.properties).flatMap(([name, value]) => {
      const text = tidied(value).slice(0, LONGEST_PROPERTY)
      return text === '' ? [] : [[name, text]]
    })),
  }
}

async function read(file: Buffer): Promise<ExtractedText | undefined> {
  if (file.toString('latin1', 0, 1024).includes('%PDF-')) return pdfText(file)
  if (file.length > 4 && file.readUInt32LE(0) === 0x04034b50) return officeText(file)
  const image = imageProperties(file)
  if (image !== undefined) return image
  return isText(file) ? { kind: 'text', text: file.toString('utf8'), pages: null, properties: {} } : undefined
}

const isText = (file: Buffer): boolean => file.length > 0 && isUtf8(file) && !file.includes(0)

/** Control characters go, runs of blanks become one, empty lines too. */
const tidied = (text: string): string =>
  text.slice(0, LONGEST_TEXT * 2).replace(/[\p{Cc}\p{Co}\p{Cn}]/gu, (sign) => (sign === '\n' || sign === '\t' ? sign : ' ')).toWellFormed().replace(/[^\S\n]+/g, ' ').replace(/ ?\n[ \n]*/g, '\n').trim().slice(0, LONGEST_TEXT)

async function pdfText(file: Buffer): Promise<ExtractedText> {
  // Loaded when it is needed: it is large.
  const { getDocumentProxy, getMeta } = await import('unpdf')
  const document = await getDocumentProxy(new Uint8Array(file), { disableFontFace: true, useSystemFonts: false, verbosity: 0 })
  const texts: string[] = []
  let length = 0
  for (let number = 1; number <= Math.min(document.numPages, MOST_PDF_PAGES) && length < LONGEST_TEXT; number++) {
    const page = await document.getPage(number)
    const { items } = await page.getTextContent()
    const text = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('')
    texts.push(text)
    length += text.length
    page.cleanup()
  }
  const { info } = await getMeta(document)
  const of = (name: string): string => {
    const value: unknown = Reflect.get(info, name)
    return typeof value === 'string' ? value : ''
  }
  return {
    kind: 'pdf', text: texts.join('\n'), pages: document.numPages,
    properties: { title: of('Title'), author: of('Author'), subject: of('Subject'), keywords: of('Keywords'), createdAt: of('CreationDate'), producer: of('Producer') },
  }
}
