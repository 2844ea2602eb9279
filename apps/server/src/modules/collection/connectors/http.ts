import { AppError } from '@datong/kernel'
import { open, rename, rm, stat } from 'node:fs/promises'
import type { IncomingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import { type Static, Type } from 'typebox'
import type { ConnectorTools, ReadRequest, SourceBatch } from './connector.ts'
import { defineConnector } from './define-connector.ts'
import { digestOf } from './files/digest-of.ts'
import { ItemsFile } from './files/items-file.ts'
import { createAsker } from './http/ask-source.ts'
import { credentialsOf } from './http/credentials.ts'
import { CsvPages } from './http/csv-page.ts'
import { takeJson } from './http/json-page.ts'
import { knownBy, markOf, sightingOf, toldBy } from './http/sighting.ts'
import type { Page } from './http/page.ts'
import { createPager, createRepeatGuard } from './http/pages.ts'
import { takeXml } from './http/xml-page.ts'
import { oneOf, secret, text, whole } from './setting.ts'

const MOST_PAGE_BYTES = 64 * 2 ** 20
/** The one thing that an interface offers. */
const ANSWER = 'answer'
const PARAMETER = { most: 100, pattern: '^[^\\u0000-\\u0020&=#?]+$' }

const settings = Type.Object({
  url: text({ zh: '地址', en: 'Address' }, { most: 2_000, pattern: '^https?://[^\\s\\u0000-\\u001f]+$' }),
  format: oneOf({ zh: '格式', en: 'Format' }, { auto: { zh: '看内容', en: 'By its content' }, json: { zh: 'JSON', en: 'JSON' }, xml: { zh: 'XML', en: 'XML' }, csv: { zh: 'CSV 等文件', en: 'CSV, or another file' } }, 'auto'),
  items: Type.Optional(text({ zh: '数据所在路径', en: 'Path of the rows' }, { most: 300 }, { zh: '如 data.list；不填则取离根最近、最长的一组', en: 'Such as data.list; without it the longest list nearest to the root' })),
  headers: Type.Optional(text({ zh: '请求头', en: 'Headers' }, { most: 4_000, isLong: true, pattern: '^([!#$%&\'*+.^_`|~0-9A-Za-z-]+:[^\\r\\n\\u0000]*(\\r?\\n|$))*$' }, { zh: '每行一个：名称: 值', en: 'One a line: name: value' })),
  paging: oneOf({ zh: '分页', en: 'Pages' }, {
    none: { zh: '不分页', en: 'None' }, page: { zh: '页码', en: 'By number' }, offset: { zh: '起始行', en: 'By first row' }, cursor: { zh: '游标', en: 'By cursor' }, link: { zh: '下一页链接', en: 'By link' },
  }, 'none'),
  pageParameter: Type.Optional(text({ zh: '页码、起始行或游标参数', en: 'Parameter of page, row or cursor' }, PARAMETER)),
  firstPage: whole({ zh: '首页页码', en: 'Number of the first page' }, { least: 0, most: 1, default: 1 }),
  sizeParameter: Type.Optional(text({ zh: '每页行数参数', en: 'Parameter of the size' }, PARAMETER)),
  pageSize: whole({ zh: '每页行数', en: 'Rows a page' }, { least: 1, most: 100_000, default: 100 }),
  nextField: Type.Optional(text({ zh: '游标或链接所在路径', en: 'Path of the cursor or link' }, { most: 300 }, { zh: '链接不填则看 Link 响应头', en: 'Without it the Link header tells the next page' })),
  sinceParameter: Type.Optional(text({ zh: '增量起点参数', en: 'Parameter for what changed since' }, PARAMETER, { zh: '填了才能增量采集', en: 'Incremental loads need it' })),
  auth: oneOf({ zh: '认证', en: 'Signing in' }, {
    none: { zh: '不需要', en: 'Not needed' }, header: { zh: '请求头中的密钥', en: 'Key in a header' }, query: { zh: '参数中的密钥', en: 'Key in the address' },
    basic: { zh: '用户名和密码', en: 'Name and password' }, oauth: { zh: 'OAuth 2.0 客户端凭据', en: 'OAuth 2.0 client credentials' },
  }, 'none'),
  keyName: Type.Optional(text({ zh: '密钥的请求头或参数名', en: 'Header or parameter of the key' }, { most: 100, pattern: '^[A-Za-z0-9_.-]+$' })),
  user: Type.Optional(text({ zh: '用户名', en: 'User' }, { most: 200 })),
  tokenUrl: Type.Optional(text({ zh: '令牌地址', en: 'Address for tokens' }, { most: 2_000, pattern: '^https?://[^\\s\\u0000-\\u001f]+$' })),
  clientId: Type.Optional(text({ zh: '客户端标识', en: 'Client' }, { most: 500 })),
  scope: Type.Optional(text({ zh: '权限范围', en: 'Scope' }, { most: 500 })),
}, { additionalProperties: false })

const secrets = Type.Object({
  key: Type.Optional(secret({ zh: '密钥', en: 'Key' })), password: Type.Optional(secret({ zh: '密码', en: 'Password' })), clientSecret: Type.Optional(secret({ zh: '客户端密钥', en: "Client's secret" })),
}, { additionalProperties: false })

type Settings = Static<typeof settings>
type Secrets = Static<typeof secrets>

/** Interfaces that answer rows as JSON, XML or CSV, in one piece or in pages. */
export const http = defineConnector({
  title: { zh: 'HTTP 接口', en: 'HTTP interface' },
  about: { zh: '读取返回 JSON、XML 或 CSV 的接口，支持分页和常见认证方式', en: 'Reads interfaces that answer JSON, XML or CSV, with pages and the usual ways of signing in' },
  settings,
  secrets,
  can: { list: false, query: false, incremental: true, summary: false, changes: false },
  async open(given, secret, tools) {
    const asker = askerOf(given, secret, tools)
    return {
      check: async () => {
        const url = createPager(new URL(given.url), given).first()
        if (given.auth === 'query') url.searchParams.set(given.keyName ?? '', secret.key ?? '')
        await asker.reach(url.href, ACCEPT[given.format])
      },
      objects: async () => [{ name: ANSWER, title: new URL(given.url).pathname, kind: 'resource', columns: null, key: [], rows: null, bytes: null, modifiedAt: null }],
      read: (request) => read(given, secret, asker, request, tools),
      close: async () => undefined,
    }
  },
})

function askerOf(given: Settings, secret: Secrets, tools: ConnectorTools): ReturnType<typeof createAsker> {
  const headers = Object.fromEntries((given.headers ?? '').split(/\r?\n/).filter((line) => line !== '').map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
  }))
  return createAsker(tools, credentialsOf(given, secret, tools), headers)
}

interface Answer extends Page {
  readonly url: string
  readonly link: string | undefined
  readonly headers: IncomingHttpHeaders
  /** Tells what the page held, so that the next can be found. */
  told: { items: number; next: string | null }
}

/** The pages, each in the same file: it is to be used up before the next is asked for. */
async function* answers(given: Settings, { key = '' }: Secrets, asker: ReturnType<typeof createAsker>, request: ReadRequest, tools: ConnectorTools): AsyncIterable<Answer> {
  const start = new URL(given.url)
  const before = sightingOf(request.after)
  if (request.after !== undefined && before === undefined) {
    if (given.sinceParameter === undefined) throw new AppError('collection/source-settings', {}, [{ pointer: '/settings/sinceParameter', code: 'required', message: 'is needed for incremental loads' }])
    start.searchParams.set(given.sinceParameter, request.after.value)
  }
  const pager = createPager(start, given)
  const guard = createRepeatGuard(start.hostname)
  const file = join(tools.scratch, 'page')
  for (let url: URL | undefined = pager.first(); url !== undefined;) {
    if (given.auth === 'query') url.searchParams.set(given.keyName ?? '', key)
    const mostBytes = given.paging === 'none' ? tools.maxFileBytes : Math.min(MOST_PAGE_BYTES, tools.maxFileBytes)
    // A page says nothing of those behind it.
    const answered = await asker.toFile(url.href, file, { accept: ACCEPT[given.format], mostBytes, known: given.paging === 'none' ? knownBy(before) : undefined })
    if (answered.isKnown) return
    const answer: Answer = {
      file, url: answered.url, host: start.hostname, contentType: answered.headers['content-type'] ?? '', link: [answered.headers['link'] ?? []].flat().join(', '), headers: answered.headers, told: { items: 0, next: null },
    }
    yield answer
    if (answer.told.items > 0) await guard(file)
    url = pager.after({ ...answer.told, link: answer.link, url: answer.url })
  }
}

const ACCEPT: Readonly<Record<Settings['format'], string>> = { auto: '*/*', json: 'application/json', xml: 'application/xml, text/xml', csv: 'text/csv, */*;q=0.5' }

async function* read(given: Settings, secret: Secrets, asker: ReturnType<typeof createAsker>, request: ReadRequest, tools: ConnectorTools): AsyncIterable<SourceBatch> {
  const host = new URL(given.url).hostname
  const path = join(tools.scratch, 'answer')
  const markBy = request.markBy ?? (sightingOf(request.after) === undefined ? request.after?.column : undefined)
  const items = new ItemsFile(path, { host, mostBytes: tools.maxFileBytes, markBy })
  const csv = new CsvPages(path, tools.maxFileBytes)
  let format: Exclude<Settings['format'], 'auto'> | undefined
  let name = lastPart(given.url)
  try {
    for await (const answer of answers(given, secret, asker, request, tools)) {
      if ((await stat(answer.file)).size === 0) continue
      format ??= given.format === 'auto' ? await formatOf(answer) : given.format
      const isWhole = given.paging === 'none' && (format === 'csv' || (format === 'json' && given.items === undefined && markBy === undefined))
      if (isWhole) {
        await rename(answer.file, path)
        const digest = await digestOf(path)
        if (digest.sha256 !== sightingOf(request.after)?.sha256) yield { kind: 'file', path, name, ...digest, mark: markOf({ sha256: digest.sha256, told: null, ...toldBy(answer.headers) }), more: false }
        return
      }
      if (format === 'json' && (await stat(answer.file)).size > MOST_PAGE_BYTES) throw new AppError('collection/source-too-large', { host, mostMb: MOST_PAGE_BYTES / 2 ** 20 })
      if (format === 'csv') {
        answer.told.items = await csv.add(answer) ? given.pageSize : 0
      } else {
        const before = items.items
        const next = await (format === 'xml' ? takeXml : takeJson)(answer, items, given.items, given.nextField)
        answer.told = { items: items.items - before, next }
        name = `${lastPart(given.url)}.ndjson`
      }
      if (request.limit !== undefined && items.items >= request.limit) break
    }
    const batch = format === 'csv' ? await csv.end(name) : await items.end(name, request.after)
    if (batch !== undefined) yield batch
  } finally {
    await Promise.all([items.close(), csv.close()])
    await rm(join(tools.scratch, 'page'), { force: true })
  }
}

const lastPart = (url: string): string => (new URL(url).pathname.split('/').findLast((part) => part !== '') ?? ANSWER).slice(0, 100)

/** By its media type, or by its first character. */
async function formatOf({ file, contentType }: Page): Promise<'json' | 'xml' | 'csv'> {
  if (/json/i.test(contentType)) return 'json'
  if (/[/+]xml/i.test(contentType)) return 'xml'
  if (/csv|spreadsheet|excel/i.test(contentType)) return 'csv'
  const handle = await open(file, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64), 0, 64, 0)
    const beginning = buffer.toString('utf8', 0, bytesRead).replace(/^\ufeff/, '').trimStart()
    return /^[[{]/.test(beginning) ? 'json' : beginning.startsWith('<') ? 'xml' : 'csv'
  } finally {
    await handle.close()
  }
}
