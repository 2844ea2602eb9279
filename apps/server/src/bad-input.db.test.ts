import type { Application, Entry, Load, Problem } from '@datong/contracts'
import { operations } from '@datong/contracts'
import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { aForm } from './modules/collection/testing.ts'
import { freePort } from './testing/a-process.ts'
import { aServer, BUREAU, HERE, type TestServer, THERE } from './testing/a-server.ts'
import { daysAhead } from './testing/days-ahead.ts'
import { thingsKept } from './testing/things-kept.ts'

type Person = Awaited<ReturnType<TestServer['as']>>
type Who = Person | { headers: { authorization: string } } | null
type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

let server: TestServer
let provider: Person
let colleague: Person
let rival: Person
let steward: Person
let consumer: Person
let auditor: Person
/** One entry with open rows, one by grant, one with the same rows that is a draft, and one that is changed. */
let open: string
let granted: string
let unserved: string
let draft: string
let key: Who
let appId: string

const COLUMNS = '编号,名称,数量,金额,启用,日期,时间'
const ROWS = Array.from({ length: 60 }, (_, row) => `A${row},第${row}号,${row},${row}.25,${row % 2 === 0},2026-01-${String((row % 28) + 1).padStart(2, '0')},2026-02-03 04:05:${String(row % 60).padStart(2, '0')}`)

beforeAll(async () => {
  server = await aServer()
  ;[provider, colleague, rival, steward, consumer, auditor] = await Promise.all([
    server.as('provider', HERE), server.as('provider', HERE), server.as('provider', THERE), server.as('steward', BUREAU), server.as('consumer', THERE), server.as('auditor', BUREAU),
  ])
  open = await anEntry('open')
  granted = await anEntry('closed')
  unserved = (await load(`${COLUMNS}\n${ROWS.join('\n')}\n`)).entryCode
  draft = (await load('编号,名称\n1,甲\n')).entryCode
  const { id } = (await apply()).body
  const decided = await call<Application>(provider, 'POST', `/api/v1/sharing/applications/${id}/actions/approve`, {})
  appId = (await call<{ appId: string }>(consumer, 'GET', `/api/v1/sharing/grants/${decided.body.grantId}`)).body.appId
  key = withKey((await call<{ key: string }>(consumer, 'POST', `/api/v1/apps/${appId}/keys`, { name: '系统' })).body.key)
})
afterAll(() => server.stop())

const withKey = (value: string): Who => ({ headers: { authorization: `Bearer ${value}` } })
const code = ({ body }: { body: unknown }): string => (body as Problem).code // asked of problems only

async function call<T = Problem>(who: Who, method: Method, url: string, payload?: object | string, contentType = 'application/json'): Promise<{ status: number; body: T; headers: Record<string, unknown> }> {
  const answer = await server.app.inject({
    method, url: encodeURI(url), headers: { ...who?.headers, ...(payload === undefined ? {} : { 'content-type': contentType }) }, ...(payload === undefined ? {} : { payload }),
  })
  return { status: answer.statusCode, body: answer.json<T>(), headers: answer.headers }
}

type Part = Parameters<typeof aForm>[0][number]
const file = (value: string): Part => ({ name: 'file', value, fileName: '表.csv' })

async function send(parts: readonly Part[], who = provider): Promise<{ status: number; body: Problem }> {
  const form = aForm(parts)
  const answer = await server.app.inject({ method: 'POST', url: '/api/v1/collection/uploads', ...form, headers: { ...form.headers, ...who.headers } })
  return { status: answer.statusCode, body: answer.json<Problem>() }
}

async function load(content: string): Promise<Load> {
  const form = aForm([file(content)])
  const answer = await server.app.inject({ method: 'POST', url: '/api/v1/collection/uploads', ...form, headers: { ...form.headers, ...provider.headers } })
  for (;;) {
    const { body } = await call<Load>(provider, 'GET', `/api/v1/collection/loads/${answer.json<{ loadId: string }>().loadId}`)
    if (body.state === 'done' || body.state === 'failed') return body
    await sleep(30)
  }
}

async function anEntry(openingType: 'open' | 'closed'): Promise<string> {
  const { entryCode } = await load(`${COLUMNS}\n${ROWS.join('\n')}\n`)
  const { body } = await call<Entry>(provider, 'GET', `/api/v1/catalog/entries/${entryCode}`)
  const fields = body.fields.map(({ name }) => ({ name, grade: 'public', masking: null }))
  await call(provider, 'PATCH', `/api/v1/catalog/entries/${entryCode}`, { summary: '测试', sharingType: 'conditional', sharingCondition: '核查', openingType, fields, reason: '公开数据' })
  await call(provider, 'POST', `/api/v1/catalog/entries/${entryCode}/actions/submit`, {})
  expect((await call(steward, 'POST', `/api/v1/catalog/entries/${entryCode}/actions/publish`, {})).status).toBe(200)
  return entryCode
}

const APPLICATION = { fields: ['编号', '数量'], purpose: '测试', use: '测试', delivery: 'api', until: daysAhead(300) }
const apply = (change: object = {}) => call<Application>(consumer, 'POST', '/api/v1/sharing/applications', { entryCode: granted, ...APPLICATION, ...change })
const rows = (query: string, entry = open, who: Who = null) => call<Problem & { items: Record<string, unknown>[]; nextCursor: string }>(who, 'GET', `/data/v1/${entry}/rows?${query}`)
const issues = ({ body }: { body: Problem }): string[] => body.errors.map(({ pointer, code: issue }) => `${pointer} ${issue}`)

/** Refused requests change nothing. */
async function expectNothingChanged(work: () => Promise<void>): Promise<void> {
  const before = await thingsKept(server)
  await work()
  expect(await thingsKept(server)).toEqual(before)
}

describe('an upload form', () => {
  it.each<[string, () => Promise<{ status: number; body: Problem }>, number, string, string[]]>([
    ['with the file before its fields', () => send([file('a\n1\n'), { name: 'title', value: '表' }]), 422, 'request/invalid', ['/title after-file']],
    ['without a file', () => send([{ name: 'title', value: '表' }]), 422, 'request/invalid', ['/file required']],
    ['with two files', () => send([file('a\n1\n'), file('b\n1\n')]), 422, 'request/invalid', ['/file maxItems']],
    ['with a title too long and another department', () => send([{ name: 'title', value: '长'.repeat(201) }, { name: 'organisation', value: THERE }, file('a\n1\n')]), 422, 'request/invalid', ['/organisation not-own', '/title maxLength']],
    ['with a title longer than any field', () => send([{ name: 'title', value: '长'.repeat(5_000) }, file('a\n1\n')]), 422, 'request/invalid', ['/title maxLength']],
    ['with a title of control characters', () => send([{ name: 'title', value: '表\u0000\u202e' }, file('a\n1\n')]), 422, 'request/invalid', ['/title pattern']],
    ['with fields that nobody knows', () => send([{ name: 'colour', value: 'red' }, { name: 'size', value: '1' }, file('a\n1\n')]), 422, 'request/invalid', ['/colour unknown', '/size unknown']],
    ['for an entry of another department', () => send([{ name: 'entryCode', value: open }, file('a\n1\n')], rival), 404, 'request/not-found', []],
    ['for an entry that does not exist', () => send([{ name: 'entryCode', value: '301001-999999' }, file('a\n1\n')]), 404, 'request/not-found', []],
    ['for what is no code of an entry', () => send([{ name: 'entryCode', value: "' or 1=1 --" }, file('a\n1\n')]), 404, 'request/not-found', []],
    ['from somebody who provides nothing', () => send([file('a\n1\n')], consumer), 403, 'access/forbidden', []],
  ])('%s is refused', async (_, act, status, problem, pointers) => {
    await expectNothingChanged(async () => {
      const answer = await act()
      expect([answer.status, code(answer), issues(answer)]).toEqual([status, problem, pointers])
    })
  })

  it('that is no form is refused', async () => {
    await expectNothingChanged(async () => {
      expect(await call(provider, 'POST', '/api/v1/collection/uploads', 'a,b\n1,2\n', 'text/csv')).toMatchObject({ status: 415, body: { code: 'request/unsupported-media-type' } })
      expect(await call(provider, 'POST', '/api/v1/collection/uploads', 'nothing', 'multipart/form-data')).toMatchObject({ status: 400, body: { code: 'request/malformed' } })
    })
  })

  it.each([['in the middle of the file', true], ['with its length unknown', false]])('broken off %s leaves nothing', async (_, lengthKnown) => {
    if (!server.app.server.listening) await server.app.listen({ host: '127.0.0.1', port: await freePort(Math.random) })
    const address = server.app.server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    await expectNothingChanged(async () => {
      const { payload, headers } = aForm([{ name: 'title', value: '断掉的上传' }, file('编号\n'.repeat(2_000_000))])
      const bytes = payload as Buffer // aForm makes a Buffer
      const upload = request({ port, host: '127.0.0.1', method: 'POST', path: '/api/v1/collection/uploads', headers: { ...headers, ...provider.headers, ...(lengthKnown ? { 'content-length': bytes.length } : {}) } })
      upload.on('error', () => undefined)
      upload.write(bytes.subarray(0, bytes.length / 2))
      await expect.poll(async () => (await thingsKept(server))['incoming'], { timeout: 10_000 }).toContainEqual(expect.stringContaining('~'))
      upload.destroy()
      await expect.poll(async () => JSON.stringify((await thingsKept(server))['incoming']), { timeout: 10_000 }).not.toContain('~')
    })
  })
})

describe('a body', () => {
  it.each<[string, () => Promise<{ status: number; body: Problem }>, number, string, string[]]>([
    ['with properties that nobody knows', () => call(provider, 'PATCH', `/api/v1/catalog/entries/${draft}`, { titel: 'x', fields: [{ name: '编号', grades: 'public' }] }), 422, 'request/invalid', ['/titel unknown', '/fields/0/grades unknown']],
    ['with several mistakes', () => call(consumer, 'POST', '/api/v1/sharing/applications', { entryCode: 'x', fields: [], purpose: '', delivery: 'pigeon', until: '2026-02-30' }), 422, 'request/invalid', ['/use required', '/entryCode pattern', '/fields minItems', '/purpose minLength', '/delivery enum', '/until format']],
    ['that is cut off', () => call(provider, 'PATCH', `/api/v1/catalog/entries/${draft}`, '{"title": "表'), 400, 'request/malformed', []],
    ['that poisons prototypes', () => call(provider, 'PATCH', `/api/v1/catalog/entries/${draft}`, '{"__proto__": {"roles": ["steward"]}}'), 400, 'request/malformed', []],
    ['that is a list', () => call(provider, 'PATCH', `/api/v1/catalog/entries/${draft}`, '[]'), 422, 'request/invalid', [' type']],
    ['that is null', () => call(provider, 'PATCH', `/api/v1/catalog/entries/${draft}`, 'null'), 422, 'request/invalid', [' type']],
    ['that is XML', () => call(provider, 'PATCH', `/api/v1/catalog/entries/${draft}`, '<title/>', 'application/xml'), 415, 'request/unsupported-media-type', []],
    ['of 3 MB', () => call(provider, 'PATCH', `/api/v1/catalog/entries/${draft}`, { summary: 'x'.repeat(3_000_000) }), 413, 'request/too-large', []],
    ['with NUL and half characters', () => call(provider, 'PATCH', `/api/v1/catalog/entries/${draft}`, { title: '表\u0000', summary: '半个\ud83d字符' }), 422, 'request/invalid', ['/title pattern', '/summary pattern']],
    ['with a title that is too long', () => call(provider, 'PATCH', `/api/v1/catalog/entries/${draft}`, { title: '长'.repeat(201) }), 422, 'request/invalid', ['/title maxLength']],
    ['about fields that the entry does not have', () => call(provider, 'PATCH', `/api/v1/catalog/entries/${draft}`, { fields: [{ name: '无' }, { name: '编号', masking: 'none-such' }] }), 422, 'catalog/invalid-entry', ['/fields/0/name unknown-field', '/fields/1/masking unknown-masking-method']],
    ['with a revision that is past', () => call(provider, 'PATCH', `/api/v1/catalog/entries/${draft}`, { title: '新', revision: 9_999 }), 409, 'request/conflict', []],
    ['that asks for fields and rows that there are not', () => apply({ fields: ['编号', '无'], filter: [{ field: '没有', op: 'eq', value: 1 }], until: '2020-01-01' }) as never, 422, 'sharing/invalid-application', ['/fields/1 unknown-field', '/filter/0/field unknown-field', '/until past']],
    ['whose row filter does not fit its fields', () => apply({ filter: [{ field: '数量', op: 'gte', value: 'viel' }, { field: '数量', op: 'like', value: '1%' }, { field: '日期', op: 'eq', value: ['2026-01-01'] }, { field: '名称', op: 'eq', value: '\u0000' }] }) as never, 422, 'sharing/invalid-application', ['/filter/0/value wrong-type', '/filter/1/op operator-not-allowed', '/filter/2/value wrong-type', '/filter/3/value wrong-type']],
  ])('%s is refused', async (_, act, status, problem, pointers) => {
    await expectNothingChanged(async () => {
      const answer = await act()
      expect([answer.status, code(answer), issues(answer).toSorted()]).toEqual([status, problem, pointers.toSorted()])
    })
  })

  it('of the wrong kind never breaks an operation', async () => {
    const people: Who[] = [provider, steward, consumer, auditor, await server.as('sysadmin', BUREAU), await server.as('security', BUREAU)]
    await expectNothingChanged(async () => {
      for (const { path, method, body } of Object.values(operations)) {
        if (body === undefined) continue
        const url = path.replace('{code}', draft).replace('{action}', path.includes('entries') ? 'submit' : path.includes('users') ? 'lock' : 'approve')
          .replace('{number}', '1').replaceAll(/\{\w+\}/g, '00000000-0000-7000-8000-000000000000')
        for (const payload of ['[]', 'null', '7', '"text"', '{"\\ud800": 1}', '{"a":'.repeat(2_000)]) {
          for (const who of people) expect([path, payload.slice(0, 20), (await call(who, method, url, payload)).status]).toEqual([path, payload.slice(0, 20), expect.toBeOneOf([400, 403, 404, 422])])
        }
      }
    })
  })
})

/** The owner's answers from the table in PostgreSQL and, for a draft has none, from the engine; the query is encoded already. */
async function both(query: string): Promise<[number, unknown][]> {
  const answers = []
  for (const entry of [open, unserved]) {
    const answer = await server.app.inject({ method: 'GET', url: `/data/v1/${entry}/rows?${query}`, headers: provider.headers })
    const { items } = answer.json<{ items?: unknown }>()
    answers.push([answer.statusCode, items] satisfies [number, unknown])
  }
  return answers as [number, unknown][]
}

const SQL = ["' or 1=1 --", "'; drop schema catalog cascade; --", '1); select pg_sleep(5); --', '$1', '${1}', '%', '_', '\\', 'x\\', '"', '%27', ');--', 'ﬀ＇'] as const

describe('SQL in filters', () => {
  it('finds nothing in rows, whichever store answers', async () => {
    for (const operator of ['', '.ne', '.in', '.like', '.gt', '.gte', '.lt', '.lte']) {
      for (const text of SQL) {
        const answers = await both(`limit=1000&${encodeURIComponent(`名称${operator}`)}=${encodeURIComponent(text)}`)
        const openEscape = operator === '.like' && text.endsWith('\\')
        expect([operator, text, answers[0]?.[0]]).toEqual([operator, text, openEscape ? 422 : 200])
        expect(answers[1]).toEqual(answers[0])
        if (operator === '' || operator === '.in') expect([text, answers[0]?.[1]]).toEqual([text, []])
      }
    }
    expect((await rows('limit=1000')).body.items).toHaveLength(ROWS.length)
  })

  it.each([
    ['数量=1;drop', ['/数量 wrong-type']], ['数量.in=1,(select 2)', ['/数量.in wrong-type']], ['日期=2026-02-30', ['/日期 wrong-type']],
    ['时间=2026-01-01T99:99:99', ['/时间 wrong-type']], ['日期=0000-01-01', ['/日期 wrong-type']], ['启用=yes', ['/启用 wrong-type']], ['数量.like=1', ['/数量.like operator-not-allowed']],
    ['名称=\u0000', ['/名称 wrong-type']], ['select=编号,"x"', ['/select unknown-field']], ['sort=编号;drop table x', ['/sort unknown-field']], ['sort=-(select 1)', ['/sort unknown-field']],
    ['无此=1&也无.gte=2&select=三&sort=四', ['/select unknown-field', '/sort unknown-field', '/无此 unknown-field', '/也无.gte unknown-field']],
    ['编号.regex=1', ['/编号.regex unknown-field']], ['__proto__=1', ['/__proto__ unknown-field']], ['constructor=1', ['/constructor unknown-field']], ['名称[$ne]=1', ['/名称[$ne] unknown-field']],
  ])('is told as wrong: %s', async (query, expected) => {
    await expectNothingChanged(async () => {
      const answer = await rows(query, granted, key)
      const withinGrant = expected.map((issue) => (/^\/(名称|日期|时间|启用)/.test(issue) && !issue.includes('[') ? issue.replace(/ .*/, ' unknown-field') : issue))
      expect([answer.status, code(answer), issues(answer)]).toEqual([422, 'delivery/invalid-query', withinGrant])
    })
    const asOwner = await rows(query, open, provider)
    expect([asOwner.status, issues(asOwner)]).toEqual([422, expected])
  })

  it('and values at the edge never break a read', async () => {
    for (const query of [
      '数量=9007199254740991', '数量.gte=-9007199254740991', '金额=99999999999999999999999999999999999999', '金额.lt=99999999999999999999999999999999999999', '金额=3.2500', '金额=3.254', '金额.in=3.25,3.254',
      '日期=9999-12-31', '日期=0001-01-01', '日期=0000-01-01', '时间.gt=9999-12-31T23:59:59.999999', '时间=2026-02-03', '名称=\u{1f600}', '名称.like=第_号', '名称.like=第\\_号', '名称.like=%', `名称.in=${Array.from({ length: 500 }, (_, i) => i).join()}`,
      'limit=1&limit=2', 'limit=0', 'limit=1001', 'limit=1e3', 'select=', 'sort=', 'sort=-金额,日期,启用', 'cursor=', 'cursor=\u0000', `select=${'长'.repeat(5_000)}`, Array.from({ length: 60 }, (_, i) => `编号.ne=${i}`).join('&'),
    ].map((text) => text.split('&').map((pair) => pair.split('=').map(encodeURIComponent).join('=')).join('&'))) {
      const answers = await both(query)
      expect([query.slice(0, 60), answers[0]?.[0]]).toEqual([query.slice(0, 60), expect.toBeOneOf([200, 422])])
      expect([query.slice(0, 60), answers[1]]).toEqual([query.slice(0, 60), answers[0]])
    }
  })

  it('in any parameter of any list finds nothing and breaks nothing', async () => {
    const people = { steward, auditor, provider, consumer, security: await server.as('security', BUREAU), sysadmin: await server.as('sysadmin', BUREAU) }
    await expectNothingChanged(async () => {
      for (const { path, method, query, id } of Object.values(operations)) {
        if (method !== 'GET' || query === undefined || path.startsWith('/data/')) continue
        const url = path.replace('{id}', '00000000-0000-7000-8000-000000000000').replace('{code}', draft)
        for (const name of Object.keys(query.properties)) {
          for (const text of [...SQL, '\u0000', '\ud800', 'x'.repeat(5_000)]) {
            const value = encodeURIComponent(text.isWellFormed() ? text : '\ufffd')
            for (const [role, who] of Object.entries(people)) {
              const answer = await server.app.inject({ method, url: `${url}?${name}=${value}`, headers: who.headers })
              expect([id, name, text.slice(0, 40), role, answer.statusCode]).toEqual([id, name, text.slice(0, 40), role, expect.toBeOneOf([200, 403, 404, 422])])
            }
          }
        }
      }
    })
    const { body } = await call<{ total: number }>(steward, 'GET', "/api/v1/catalog/entries?q=' or 1=1 --")
    expect(body.total).toBe(0)
  })

  it('in paths is not found', async () => {
    for (const text of [...SQL, '%00', '..%2f..%2fetc', '%c0%ae']) {
      for (const path of [`/api/v1/catalog/entries/${text}`, `/data/v1/${text}/rows`, `/api/v1/collection/loads/${text}`, `/api/v1/evidence/receipts/${text}`, `/log/tile/0/${text}`]) {
        const answer = await server.app.inject({ method: 'GET', url: path.replaceAll(' ', '%20').replaceAll('"', '%22').replaceAll('\\', '%5C').replace(/[^\x20-\x7e]/g, encodeURIComponent), headers: steward.headers })
        expect([path, answer.statusCode]).toEqual([path, expect.toBeOneOf([404, 422])])
      }
    }
  })
})

describe('a cursor', () => {
  let cursors: Record<string, string>
  const LISTS: Record<string, { first: string; others: string[]; who: () => Who }> = {
    rows: { first: '/data/v1/{open}/rows?limit=2', others: ['/data/v1/{open}/rows?limit=2&数量=1', '/data/v1/{open}/rows?limit=2&sort=编号', '/data/v1/{open}/rows?limit=2&select=编号'], who: () => null },
    entries: { first: '/api/v1/catalog/entries?limit=1', others: ['/api/v1/catalog/entries?limit=1&q=表', '/api/v1/catalog/entries?limit=1&sort=title', '/api/v1/catalog/entries?limit=1&state=published'], who: () => provider },
    loads: { first: '/api/v1/collection/loads?limit=1', others: ['/api/v1/collection/loads?limit=1&state=done', '/api/v1/collection/loads?limit=1&q=表'], who: () => provider },
    evidence: { first: '/api/v1/evidence/entries?limit=1', others: ['/api/v1/evidence/entries?limit=1&chain=access', '/api/v1/evidence/entries?limit=1&action=catalog.entry.published'], who: () => auditor },
    users: { first: '/api/v1/users?limit=1', others: ['/api/v1/users?limit=1&q=p'], who: () => auditor },
  }
  const at = (url: string): string => url.replace('{open}', open)

  beforeEach(async () => {
    cursors = Object.fromEntries(await Promise.all(Object.entries(LISTS).map(async ([name, { first, who }]) =>
      [name, (await call<{ nextCursor: string }>(who(), 'GET', at(first))).body.nextCursor])))
  })

  it.each(Object.keys(LISTS))('goes on in its own query only: %s', async (name) => {
    const { first, others, who } = LISTS[name]!
    const own = cursors[name]!
    expect((await call(who(), 'GET', `${at(first)}&cursor=${own}`)).status).toBe(200)
    await expectNothingChanged(async () => {
      const foreign = Object.values(cursors).filter((cursor) => cursor !== own)
      for (const url of [...others.map((other) => `${at(other)}&cursor=${own}`), ...[...foreign, own.slice(0, -3), `${own.startsWith('A') ? 'B' : 'A'}${own.slice(1)}`, 'x', '{}'].map((bad) => `${at(first)}&cursor=${bad}`)]) {
        const answer = await call(who(), 'GET', url)
        expect([url, answer.status, code(answer)]).toEqual([url, 422, 'request/invalid-cursor'])
      }
    })
  })

  it('of one caller does not go on for another', async () => {
    const mine = (await rows('limit=2', granted, key)).body.nextCursor
    const answer = await rows(`limit=2&cursor=${mine}`, granted, provider)
    expect([answer.status, code(answer)]).toEqual([422, 'request/invalid-cursor'])
  })
})

describe('a key', () => {
  it.each<[string, () => Promise<Who>, number, string]>([
    ['that has expired', async () => {
      const made = await server.identity.keys.create(appId, '短', new Date(Date.now() + 400), auditorActor())
      await sleep(450)
      return withKey(made!.key)
    }, 401, 'access/key-expired'],
    ['of another system', async () => {
      const { body: app } = await call<{ id: string }>(rival, 'POST', '/api/v1/apps', { name: '别的系统' })
      return withKey((await call<{ key: string }>(rival, 'POST', `/api/v1/apps/${app.id}/keys`, { name: '键' })).body.key)
    }, 403, 'delivery/no-grant'],
    ['that is cut', async () => withKey(key!.headers.authorization.slice(7, -1)), 401, 'access/unauthenticated'],
    ['with one sign changed', async () => withKey(key!.headers.authorization.slice(7).replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))), 401, 'access/unauthenticated'],
    ['that is SQL', async () => withKey("dk_'or'1'='1"), 401, 'access/unauthenticated'],
    ['that is empty', async () => ({ headers: { authorization: 'Bearer ' } }), 401, 'access/unauthenticated'],
    ['of another scheme', async () => ({ headers: { authorization: 'Basic cHJvdmlkZXI6eA==' } }), 401, 'access/unauthenticated'],
    ['of 10,000 characters', async () => withKey('dk_' + 'x'.repeat(10_000)), 401, 'access/unauthenticated'],
  ])('%s gets no row', async (_, make, status, problem) => {
    const bad = await make()
    await expectNothingChanged(async () => {
      const answer = await rows('limit=1', granted, bad)
      expect([answer.status, code(answer), answer.headers['datong-evidence']]).toEqual([status, problem, undefined])
      if (status === 401) expect(answer.headers['www-authenticate']).toContain('Bearer')
    })
  })

  it('opens rows only, nothing that asks for a session', async () => {
    expect((await rows('limit=1', granted, key)).status).toBe(200)
    await expectNothingChanged(async () => {
      for (const url of ['/api/v1/users', '/api/v1/sharing/applications', '/api/v1/evidence/entries', '/api/v1/apps']) {
        const answer = await call(key, 'GET', url)
        expect([url, answer.status, code(answer)]).toEqual([url, 401, 'access/unauthenticated'])
      }
    })
  })
})

const auditorActor = () => ({ kind: 'user' as const, id: auditor.user.id, name: '测试', organisation: THERE })

describe('two at once', () => {
  it.each(['approve', 'refuse'] as const)('decide an application once: the other officer would %s', async (second) => {
    const { id } = (await apply()).body
    const before = await thingsKept(server)
    const act = (who: Who, action: string) => call<Application>(who, 'POST', `/api/v1/sharing/applications/${id}/actions/${action}`, action === 'refuse' ? { reason: '无关', legalBasis: '条例' } : {})
    const answers = await Promise.all([act(provider, 'approve'), act(colleague, second)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect(answers.filter(({ status }) => status === 409).map(code)).toEqual(['sharing/wrong-state'])
    const won = answers.find(({ status }) => status === 200)!
    const { body } = await call<Application>(consumer, 'GET', `/api/v1/sharing/applications/${id}`)
    expect(body).toMatchObject({ state: won.body.state, grantId: won.body.grantId })
    expect(body.history.map(({ action }) => action)).toEqual(['submitted', won.body.state])
    expect((await thingsKept(server))['sharing.grant']).toBe(Number(before['sharing.grant']) + (won.body.state === 'approved' ? 1 : 0))
  })

  it('change an entry from one revision once', async () => {
    const { revision } = (await call<Entry>(provider, 'GET', `/api/v1/catalog/entries/${draft}`)).body
    const answers = await Promise.all([provider, colleague].map((who, index) => call(who, 'PATCH', `/api/v1/catalog/entries/${draft}`, { title: `标题${index}`, revision })))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect(code(answers.find(({ status }) => status === 409)!)).toBe('request/conflict')
  })
})
