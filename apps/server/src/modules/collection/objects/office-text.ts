import type { ExtractedText } from './extracted.ts'
import { type ZipEntry, zipEntries } from './unzip.ts'

/** A kind of office file: by the part that it must have, and the parts that hold its words. */
interface OfficeKind {
  readonly kind: ExtractedText['kind']
  readonly marked: string
  readonly words: RegExp
  /** Elements that end a line. */
  readonly breaks: RegExp
}

/** @see ECMA-376 (docx, xlsx, pptx), OASIS OpenDocument 1.3 (odt, ods, odp) */
const KINDS: readonly OfficeKind[] = [
  { kind: 'docx', marked: 'word/document.xml', words: /^word\/(document|header\d*|footer\d*|footnotes|endnotes)\.xml$/, breaks: /<\/w:p>|<w:br\b[^<>]*\/>|<w:tab\/>/g },
  { kind: 'pptx', marked: 'ppt/presentation.xml', words: /^ppt\/(slides|notesSlides)\/[^/]+\.xml$/, breaks: /<\/a:p>/g },
  { kind: 'xlsx', marked: 'xl/workbook.xml', words: /^xl\/(sharedStrings\.xml|worksheets\/[^/]+\.xml)$/, breaks: /<\/(si|c|row)>/g },
  { kind: 'odf', marked: 'content.xml', words: /^content\.xml$/, breaks: /<\/text:(p|h)>/g },
]

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Words and properties of an office file; undefined when it is another ZIP. @throws Error when it is broken */
export function officeText(file: Buffer): ExtractedText | undefined {
  const entries = zipEntries(file)
  const names = new Set(entries.map(({ name }) => name))
  const office = KINDS.find(({ marked }) => names.has(marked))
  if (office === undefined) return undefined
  const parts = entries.filter(({ name }) => office.words.test(name)).sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
  const text = parts.map((part) => wordsOf(part.read().toString('utf8'), office)).join('\n')
  return { kind: office.kind, text, pages: office.kind === 'pptx' ? parts.filter(({ name }) => name.startsWith('ppt/slides/')).length : null, properties: propertiesOf(entries) }
}

function wordsOf(xml: string, { kind, breaks }: OfficeKind): string {
  // Of a sheet's own cells only the texts that stand in it: numbers without their headings say nothing.
  const source = kind === 'xlsx' ? (xml.match(/<(t|is)\b[^<>]*>[^<]*/g) ?? []).join('\n') : xml.replace(breaks, '\n')
  return decoded(source.replace(/<[^<>]*>/g, ''))
}

const decoded = (text: string): string =>
  text.replace(/&(#x?[0-9a-f]+|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name] ?? whole
    const code = name[1] === 'x' || name[1] === 'X' ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10)
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : ''
  })

/** Names of properties as they are kept, by the elements in which office files have them. */
const PROPERTIES: readonly (readonly [string, RegExp])[] = [
  ['title', /<dc:title[^<>]*>([^<]+)</], ['subject', /<dc:subject[^<>]*>([^<]+)</], ['author', /<dc:creator[^<>]*>([^<]+)</],
  ['keywords', /<(?:cp:keywords|meta:keyword)[^<>]*>([^<]+)</], ['createdAt', /<(?:dcterms:created|meta:creation-date)[^<>]*>([^<]+)</], ['modifiedAt', /<(?:dcterms:modified|dc:date)[^<>]*>([^<]+)</],
]

function propertiesOf(entries: readonly ZipEntry[]): Record<string, string> {
  const part = entries.find(({ name }) => name === 'docProps/core.xml' || name === 'meta.xml')
  if (part === undefined) return {}
  const xml = part.read().toString('utf8')
  return Object.fromEntries(PROPERTIES.flatMap(([name, pattern]) => {
    const found = pattern.exec(xml)?.[1]
    return found === undefined ? [] : [[name, decoded(found).trim()]]
  }))
}
