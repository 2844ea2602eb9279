import { AppError } from '@datong/kernel'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { SaxesParser } from 'saxes'
import type { ItemsFile } from '../files/items-file.ts'
import { charsetOf, decoderOf } from './charset.ts'
import type { Page } from './page.ts'

const MOST_DEPTH = 64
const MOST_ITEM_CHARACTERS = 16 * 2 ** 20
/** Elements and attributes. */
const MOST_ITEM_PARTS = 100_000

type Item = Record<string, unknown>

interface Visitor {
  open(path: string, attributes: Readonly<Record<string, string>>): void
  text(text: string): void
  close(path: string): void
}

/**
 * An XML answer, read piece by piece: each element at the path becomes an object of its attributes and the elements within
 * (`address.street` for an element in an element, a list where a name recurs). Documents with a DTD are refused.
 */
export async function takeXml(page: Page, items: ItemsFile, itemsPath: string | undefined, nextPath: string | undefined): Promise<string | null> {
  const path = itemsPath ?? await likelyPath(page)
  let next: string | null = null
  let item: Item | undefined
  let length = 0
  let parts = 0
  /** Elements of the item that hold others. */
  const holders = new Set<string>()
  const give = (to: Item, name: string, value: string | null): void => {
    if (++parts > MOST_ITEM_PARTS) throw new AppError('collection/source-unreadable', { host: page.host, reason: 'item-too-long' })
    for (let dot = name.lastIndexOf('.'); dot > 0 && !holders.has(name.slice(0, dot)); dot = name.lastIndexOf('.', dot - 1)) holders.add(name.slice(0, dot))
    put(to, name, value)
  }
  const texts: string[] = []
  const done: Item[] = []
  const visitor: Visitor = {
    open(at, attributes) {
      texts.push('')
      if (isAt(at, path)) {
        item = {}
        parts = 0
        holders.clear()
      }
      if (item === undefined) return
      const within = insideOf(at, path)
      for (const [name, value] of Object.entries(attributes)) give(item, within === '' ? name : `${within}.${name}`, value)
    },
    text(text) {
      if (texts.length > 0) texts[texts.length - 1] += text
      length += text.length
      if (length > MOST_ITEM_CHARACTERS) throw new AppError('collection/source-unreadable', { host: page.host, reason: 'item-too-long' })
    },
    close(at) {
      const text = texts.pop()?.trim() ?? ''
      if (nextPath !== undefined && isAt(at, nextPath) && text !== '') next = text
      if (item === undefined) {
        length = 0
        return
      }
      const within = insideOf(at, path)
      if (within !== '' && (text !== '' || !holders.has(within))) give(item, within, text === '' ? null : text)
      if (!isAt(at, path)) return
      if (text !== '' && Object.keys(item).length === 0) item['value'] = text
      done.push(item)
      item = undefined
      length = 0
    },
  }
  for await (const _ of walk(page, visitor)) {
    for (const one of done.splice(0)) await items.add(one)
  }
  return next
}

/** The whole path, or its end: `row` stands for `response.data.row`. */
const isAt = (at: string, path: string): boolean => at === path || at.endsWith(`.${path}`)

/** Path within an item. */
function insideOf(at: string, path: string): string {
  const start = `.${at}`.lastIndexOf(`.${path}.`)
  return start === -1 ? '' : at.slice(start + path.length + 1)
}

function put(item: Item, name: string, value: string | null): void {
  const before = item[name]
  if (!Object.hasOwn(item, name)) item[name] = value
  else if (Array.isArray(before)) before.push(value)
  else item[name] = [before, value]
}

/** The element with parts that recurs nearest to the root; else the first that has nothing but plain parts. */
async function likelyPath(page: Page): Promise<string> {
  const counts = new Map<string, { count: number; hasParts: boolean; plainParts: boolean; depth: number }>()
  const stack: string[] = []
  const about = (path: string) => counts.get(path) ?? { count: 0, hasParts: false, plainParts: true, depth: path.split('.').length }
  const visitor: Visitor = {
    open(path, attributes) {
      const own = about(path)
      counts.set(path, { ...own, count: own.count + 1, hasParts: own.hasParts || Object.keys(attributes).length > 0 })
      const parent = stack.at(-1)
      if (parent !== undefined) counts.set(parent, { ...about(parent), hasParts: true })
      const grandparent = stack.at(-2)
      if (grandparent !== undefined) counts.set(grandparent, { ...about(grandparent), plainParts: false })
      stack.push(path)
    },
    text: () => undefined,
    close: () => void stack.pop(),
  }
  for await (const _ of walk(page, visitor)) { /* it only counts */ }
  const withParts = [...counts].filter(([path, { hasParts }]) => hasParts && path.includes('.'))
  const recurring = withParts.filter(([, { count }]) => count > 1).sort(([, a], [, b]) => a.depth - b.depth || b.count - a.count)
  return (recurring[0] ?? withParts.find(([, { plainParts }]) => plainParts))?.[0] ?? 'nothing-recurs'
}

/** Tells the visitor what the document holds, and yields now and then. */
async function* walk({ file, contentType, host }: Page, visitor: Visitor): AsyncIterable<void> {
  const unreadable = (reason: string): AppError => new AppError('collection/source-unreadable', { host, reason })
  const parser = new SaxesParser({ fragment: false })
  const path: string[] = []
  parser.on('doctype', () => { throw unreadable('doctype') })
  parser.on('error', () => { throw unreadable('not-xml') })
  parser.on('opentag', ({ name, attributes }) => {
    path.push(name.slice(name.indexOf(':') + 1))
    if (path.length > MOST_DEPTH) throw unreadable('too-deep')
    visitor.open(path.join('.'), Object.fromEntries(Object.entries(attributes).filter(([key]) => !key.startsWith('xmlns'))))
  })
  parser.on('text', (text) => visitor.text(text))
  parser.on('cdata', (text) => visitor.text(text))
  parser.on('closetag', () => {
    visitor.close(path.join('.'))
    path.pop()
  })
  const text = async function* (): AsyncIterable<string> {
    let decoder: TextDecoder
    try {
      decoder = decoderOf(charsetOf(contentType) ?? await declaredIn(file))
    } catch {
      throw unreadable('charset')
    }
    try {
      for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) yield decoder.decode(chunk, { stream: true })
      yield decoder.decode()
    } catch (error) {
      throw error instanceof TypeError ? unreadable('charset') : error
    }
  }
  for await (const piece of text()) {
    parser.write(piece)
    yield
  }
  parser.close()
  yield
}

/** `encoding` of the XML declaration, whose letters are ASCII in every encoding that departments send; UTF-16 has a mark. */
async function declaredIn(file: string): Promise<string | undefined> {
  const handle = await open(file, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(200), 0, 200, 0)
    if (buffer[0] === 0xff && buffer[1] === 0xfe) return 'utf-16le'
    if (buffer[0] === 0xfe && buffer[1] === 0xff) return 'utf-16be'
    return /^[^<]*<\?xml[^>]*encoding=["']([\w.-]+)["']/.exec(buffer.toString('latin1', 0, bytesRead))?.[1]
  } finally {
    await handle.close()
  }
}
