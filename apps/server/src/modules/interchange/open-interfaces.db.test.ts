import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aServer, HERE, type TestServer, THERE } from '../../testing/a-server.ts'

/** What is inside an answer, wherever it leads; every test says what it expects there. */
interface Tree extends ReadonlyArray<Tree> {
  readonly success: Tree
  readonly help: Tree
  readonly result: Tree
  readonly error: Tree
  readonly message: Tree
  readonly __type: Tree
  readonly id: Tree
  readonly name: Tree
  readonly type: Tree
  readonly title: Tree
  readonly count: Tree
  readonly total: Tree
  readonly sort: Tree
  readonly search_facets: Tree
  readonly records: Tree
  readonly meta: Tree
  readonly fields: Tree
  readonly metadata_modified: Tree
  readonly owner_org: Tree
  readonly resources: Tree
  readonly tools: Tree
  readonly structuredContent: Tree
  readonly content: Tree
  readonly text: string
}

interface Answer {
  readonly status: number
  readonly body: Tree
}

let server: TestServer
let origin: string
let parks: string
let people: string
let provider: string
let stranger: string

beforeAll(async () => {
  server = await aServer()
  origin = await server.app.listen({ host: '127.0.0.1', port: 0 })
  const [own, steward, other] = [await server.as('provider', HERE), await server.as('steward', null), await server.as('provider', THERE)]
  provider = own.headers.authorization.replace('Bearer ', '')
  stranger = other.headers.authorization.replace('Bearer ', '')
  parks = await aPublished('停车场', '名称,区,车位\n东门,甲区,120\n西门,乙区,80\n南门,甲区,\n', 'open', own.headers, steward.headers)
  people = await aPublished('从业人员登记', '姓名,区\n王小明,甲区\n李大海,乙区\n', 'closed', own.headers, steward.headers)
})
afterAll(() => server.stop())

async function aPublished(title: string, csv: string, openingType: string, own: { authorization: string }, steward: { authorization: string }): Promise<string> {
  const form = new FormData()
  form.set('title', title)
  form.set('file', new Blob([csv]), `${title}.csv`)
  const sent = await fetch(`${origin}/api/v1/collection/uploads`, { method: 'POST', headers: own, body: form })
  const { loadId, entryCode } = (await sent.json()) as { loadId: string; entryCode: string } // the contract's answer
  for (let state = ''; state !== 'done'; await sleep(100)) {
    const load = (await (await fetch(`${origin}/api/v1/collection/loads/${loadId}`, { headers: own })).json()) as { state: string; error: unknown } // as above
    state = load.state
    if (state === 'failed') throw new Error(JSON.stringify(load.error))
  }
  const json = { 'content-type': 'application/json' }
  const said = { title, summary: `${title}的登记信息`, keywords: [title], sharingType: 'conditional', sharingCondition: '履职需要', openingType, contact: '信息科' }
  for (const [method, path, body, headers] of [['PATCH', '', said, own], ['POST', '/actions/submit', {}, own], ['POST', '/actions/publish', {}, steward]] as const) {
    const answer = await fetch(`${origin}/api/v1/catalog/entries/${entryCode}${path}`, { method, headers: { ...json, ...headers }, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(await answer.text())
  }
  return entryCode
}

/** As `ckanapi` calls: JSON posted to `api/action/…`, the bare token in both headers. */
async function call(action: string, data: object = {}, token?: string): Promise<Answer> {
  const key: Record<string, string> = token === undefined ? {} : { 'x-ckan-api-key': token, authorization: token }
  const answer = await fetch(`${origin}/api/action/${action}`, { method: 'POST', headers: { 'content-type': 'application/json', 'user-agent': 'ckanapi/4.11', ...key }, body: JSON.stringify(data) })
  return { status: answer.status, body: (await answer.json()) as Tree } // CKAN's envelope
}

async function get(path: string): Promise<Answer> {
  const answer = await fetch(`${origin}${path}`)
  return { status: answer.status, body: (await answer.json()) as Tree } // as above
}

/** Until the serving table, which is made after publication, is there. */
async function served(): Promise<void> {
  for (let tries = 0; (await call('datastore_info', { id: parks })).status !== 200 && tries < 200; tries++) await sleep(100)
}

describe("CKAN's interface", () => {
  it('answers what ckanapi asks first', async () => {
    expect((await call('status_show')).body).toMatchObject({ success: true, help: `${origin}/api/3/action/help_show?name=status_show`, result: { site_url: origin } })
    expect((await call('site_read')).body.result).toBe(true)
    expect((await call('help_show', { name: 'package_search' })).body.result).toContain(':param q:')
    expect((await call('package_list')).body.result).toEqual([parks])
    expect((await call('license_list')).body.result[0]).toHaveProperty('od_conformance')
  })

  it('shows a data set by name and id, with resources that are found again', async () => {
    const { result } = (await call('package_show', { id: parks })).body
    expect(result).toMatchObject({ name: parks, title: '停车场', state: 'active', private: false, type: 'dataset', num_tags: 1, tags: [{ name: '停车场' }], organization: { title: '市场监管局', is_organization: true } })
    expect(result.metadata_modified).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/)
    expect((await call('package_show', { id: result.id })).body.result).toEqual(result)
    for (const resource of result.resources) expect((await call('resource_show', { id: resource.id })).body.result).toEqual(resource)
    expect((await call('organization_show', { id: result.owner_org, include_datasets: true })).body.result).toMatchObject({ package_count: 1, packages: [{ name: parks }] })
  })

  it("answers the calls of CKAN's harvester", async () => {
    const page = '/api/3/action/package_search?rows=100&start=0&sort=id+asc'
    expect((await get(page)).body.result).toMatchObject({ count: 1, results: [{ name: parks }] })
    expect((await get('/api/3/action/package_search?rows=100&start=100&sort=id+asc')).body.result).toMatchObject({ count: 1, results: [] })
    const since = (iso: string): string => `${page}&fq=${encodeURIComponent(`metadata_modified:[${iso}Z TO *]`)}`
    expect((await get(since('2000-01-01T00:00:00.123456'))).body.result.count).toBe(1)
    expect((await get(since('2999-01-01T00:00:00'))).body.result.count).toBe(0)
    const organization = HERE.toLowerCase()
    expect((await get(`${page}&fq=${encodeURIComponent(`organization:${organization} OR organization:none`)}`)).body.result.count).toBe(1)
    expect((await get(`${page}&fq=${encodeURIComponent(`-organization:${organization}`)}`)).body.result.count).toBe(0)
    expect((await get(`/api/3/action/organization_show?id=${organization}`)).body.result.name).toBe(organization)
    expect((await get('/api/3/action/group_show?id=transport')).body.result).toMatchObject({ name: 'transport', type: 'group' })
  })

  it('searches by words and fields, sorts and counts facets', async () => {
    const found = async (data: object): Promise<Tree> => (await call('package_search', data)).body.result // each expectation names what it reads
    expect((await found({ q: '停车' })).count).toBe(1)
    expect((await found({ q: 'title:停* AND NOT tags:学校' })).count).toBe(1)
    expect((await found({ q: '学校' })).count).toBe(0)
    expect((await found({ fq: 'res_format:CSV', 'facet.field': ['organization', 'tags', 'res_format'], rows: 0 })).search_facets).toMatchObject({ organization: { items: [{ display_name: '市场监管局', count: 1 }] }, tags: { items: [{ name: '停车场', count: 1 }] } })
    expect((await found({ sort: 'title asc, metadata_modified desc', rows: 5_000 })).sort).toBe('title asc, metadata_modified desc')
  })

  it.each<[string, object, number, string]>([
    ['package_search', { rows: -1 }, 409, 'Validation Error'], ['package_search', { rows: 'x' }, 409, 'Validation Error'], ['package_search', { bogus: 1 }, 400, 'Search Query Error'],
    ['package_search', { sort: 'title; drop table catalog.entry' }, 400, 'Search Query Error'], ['package_search', { sort: 'nothing asc' }, 409, 'Search Error'],
    ['package_search', { fq: "organization:x') or 1=1 --" }, 409, 'Search Error'], ['package_search', { q: 'x'.repeat(10_001) }, 409, 'Search Error'], ['package_search', { 'facet.field': ['x'] }, 409, 'Search Error'],
    ['package_show', {}, 409, 'Validation Error'], ['package_show', { id: 'none' }, 404, 'Not Found Error'], ['resource_show', { id: 'none' }, 404, 'Not Found Error'], ['organization_show', { id: 'x' }, 404, 'Not Found Error'],
    ['datastore_search', { resource_id: 'none' }, 404, 'Not Found Error'], ['datastore_search_sql', { sql: 'select pg_sleep(1)' }, 403, 'Authorization Error'], ['datastore_search_sql', { sql: 'select 1; select 2' }, 409, 'Validation Error'],
    ['datastore_search_sql', { sql: 'select * from catalog.entry' }, 404, 'Not Found Error'], ['package_create', { title: 'x' }, 403, 'Authorization Error'],
  ])('refuses %s with %j as CKAN does', async (action, data, status, type) => {
    const answer = await call(action, data)
    expect([answer.status, answer.body.success, answer.body.error.__type]).toEqual([status, false, type])
  })

  it('refuses at once what nobody would ask: very many sorts, fields and filters, a sort of spaces, lists in lists', async () => {
    const many = Array.from({ length: 50_000 }, (_, at) => `f${at}`)
    const resource = { resource_id: '310000001-000001' }
    const answers = [
      await call('package_search', { sort: 'score desc,'.repeat(100_000) }), await call('package_search', { fl: many }), await call('package_search', { fq_list: many }),
      await call('datastore_search', { ...resource, sort: [`a${' '.repeat(500_000)}b`] }), await call('datastore_search', { ...resource, sort: many }),
    ]
    expect(answers.map(({ status, body }) => [status, body.error.__type])).toEqual([[400, 'Search Query Error'], [409, 'Search Error'], [409, 'Search Error'], [409, 'Validation Error'], [409, 'Validation Error']])
    const deep = '['.repeat(20_000) + ']'.repeat(20_000)
    for (const [action, body] of [['package_search', `{"facet.limit":${deep}}`], ['package_search', `{"fq_list":[${deep}]}`], ['datastore_search', `{"resource_id":"310000001-000001","plain":${deep}}`], ['datastore_search', `{"resource_id":"310000001-000001","q":{"a":${deep}}}`]]) {
      expect((await fetch(`${origin}/api/3/action/${action}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: body! })).status).toBe(409)
    }
  })

  it('ends a search by pattern that takes too long, and says to come later', async () => {
    const client = await server.store.pool.connect()
    try {
      await client.query('begin; lock table catalog.entry in access exclusive mode')
      const { status, body } = await call('package_search', { fq: 'title:*车*' })
      expect([status, body.error.message]).toEqual([503, 'request/overloaded'])
    } finally {
      await client.query('rollback')
      client.release()
    }
    expect((await call('package_search', { fq: 'title:*车*' })).body.result.count).toBe(1)
  })

  it('takes words of one character and of emoji, and bodies that are none', async () => {
    for (const q of ['a', '停', '😀', '*']) expect((await call('package_search', { q })).status).toBe(200)
    const post = (body: string, type: string): Promise<Response> => fetch(`${origin}/api/3/action/package_show`, { method: 'POST', headers: { 'content-type': type }, body })
    expect((await post('{', 'application/json')).status).toBe(400)
    expect((await post('[]', 'application/json')).status).toBe(400)
    expect((await post(JSON.stringify({ id: parks }), 'application/x-www-form-urlencoded')).status).toBe(200)
    expect((await post(`id=${parks}`, 'application/x-www-form-urlencoded')).status).toBe(200)
    expect((await get('/api/3/action/nothing')).status).toBe(400)
    expect((await get('/api/3/action/package_create?title=x')).status).toBe(400)
    expect((await call('package_list', {}, 'nonsense')).status).toBe(403)
  })

  it('hides what is not opened from everybody, and shows it to those who may see it', async () => {
    expect((await call('package_show', { id: people })).status).toBe(404)
    expect((await call('datastore_search', { resource_id: people })).status).toBe(404)
    expect((await call('datastore_search_sql', { sql: `select * from "${people}"` })).status).toBe(404)
    expect((await call('package_show', { id: people }, provider)).body.result).toMatchObject({ private: true })
    expect((await call('package_search', { include_private: true }, stranger)).body.result.count).toBe(2)
    expect((await call('package_search', {}, stranger)).body.result.count).toBe(1)
  })

  it('answers rows by filters, in every form, and by SQL', async () => {
    await served()
    const rows = async (data: object): Promise<Tree> => (await call('datastore_search', { resource_id: parks, ...data })).body.result // as above
    expect(await rows({ filters: { 区: ['甲区'], 车位: { gte: 100 } } })).toMatchObject({ total: 1, records: [{ _id: 1, 名称: '东门', 区: '甲区', 车位: 120 }], records_format: 'objects', limit: 100 })
    expect((await rows({ fields: '名称,车位', sort: '车位 desc nulls last', limit: 2, offset: 1, records_format: 'lists' })).records).toEqual([['西门', 80], ['南门', null]])
    expect((await rows({ fields: ['名称', '车位'], records_format: 'csv' })).records).toBe('东门,120\n西门,80\n南门,\n')
    expect((await rows({ fields: ['区'], distinct: true, records_format: 'tsv', sort: '区' })).total).toBe(2)
    expect((await rows({ q: '西门' })).total).toBe(1)
    expect((await rows({ q: { 区: '甲' }, include_total: false })).records).toHaveLength(2)
    const info = (await call('datastore_info', { id: parks })).body.result
    expect([info.meta.count, info.fields.map(({ id, type }) => [id, type])]).toEqual([3, [['名称', 'text'], ['区', 'text'], ['车位', 'int8']]])
    expect((await call('datastore_search_sql', { sql: `select 区, count(*) as n from "${parks}" group by 区 order by n desc` })).body.result).toMatchObject({ records: [{ 区: '甲区', n: 2 }, { 区: '乙区', n: 1 }], fields: [{ id: '区', type: 'text' }, { id: 'n', type: 'int8' }] })
    expect((await call('datastore_search', { resource_id: parks, filters: { 没有: 1 } })).body.error).toMatchObject({ filters: ['invalid value "没有"'] })
  })

  it('makes drafts for a provider, changes his own entries alone, and publishes nothing', async () => {
    const made = (await call('package_create', { title: '新数据', notes: '说明', tags: [{ name: '试' }], resources: [{ name: '文件', url: 'https://example.org/a.csv', format: 'CSV' }], license_id: 'cc-by' }, provider)).body.result
    expect(made).toMatchObject({ state: 'draft', private: true, title: '新数据', license_id: 'cc-by', tags: [{ name: '试' }], resources: [{ url: 'https://example.org/a.csv' }] })
    expect((await call('package_patch', { id: made.id, notes: '改过' }, provider)).body.result).toMatchObject({ notes: '改过', title: '新数据' })
    expect((await call('resource_create', { package_id: made.id, url: 'https://example.org/b.json', format: 'JSON' }, provider)).body.result).toMatchObject({ url: 'https://example.org/b.json' })
    expect((await call('package_patch', { id: made.id, title: '' }, provider)).body.result.title).toBe('新数据')
    expect((await call('package_patch', { id: made.id, title: 'x'.repeat(300) }, provider)).body.error).toHaveProperty('title')
    expect((await call('package_show', { id: made.id })).status).toBe(404)
    expect((await call('package_patch', { id: made.id, notes: 'x' }, stranger)).status).toBe(404)
    expect((await call('package_patch', { id: parks, notes: 'x' }, stranger)).status).toBe(403)
    expect((await call('package_delete', { id: parks }, stranger)).status).toBe(403)
  })
})

const CONFORMANCE = join(dirname(createRequire(import.meta.url).resolve('@modelcontextprotocol/conformance/package.json')), 'dist', 'index.js')

/** Of the package's scenarios for servers; the others call tools, prompts and resources that only its own example server has. */
const SCENARIOS = ['server-initialize', 'ping', 'tools-list', 'dns-rebinding-protection'] as const

describe('the Model Context Protocol', () => {
  async function ask(method: string, params: object, headers: Record<string, string> = {}): Promise<{ status: number; body: Tree }> { // as above
    const answer = await fetch(`${origin}/mcp`, { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', 'mcp-protocol-version': '2025-06-18', ...headers }, body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }) })
    return { status: answer.status, body: (await answer.json()) as Tree }
  }
  const use = async (name: string, given: object, headers?: Record<string, string>) => (await ask('tools/call', { name, arguments: given }, headers)).body.result

  it.each(SCENARIOS)('conforms in %s', async (scenario) => {
    const folder = await mkdtemp(join(tmpdir(), 'datong-mcp-'))
    const { stdout } = await promisify(execFile)(process.execPath, [CONFORMANCE, 'server', '--url', `${origin}/mcp`, '--scenario', scenario], { cwd: folder }).catch((error: { stdout: string; stderr: string }) => ({ stdout: `FAILED ${error.stdout} ${error.stderr}` }))
    await rm(folder, { recursive: true, force: true })
    expect(stdout).not.toContain('FAILED')
  })

  it('has the five tools, and answers them as the catalogue does', async () => {
    const { tools } = (await ask('tools/list', {})).body.result
    expect(tools.map(({ name }) => name)).toEqual(['search_datasets', 'get_dataset_info', 'list_dataset_resources', 'query_resource_data', 'search_organizations'])
    expect((await use('search_datasets', { query: '停车' })).structuredContent).toMatchObject({ total: 1, datasets: [{ id: parks }] })
    expect((await use('get_dataset_info', { dataset_id: parks })).structuredContent).toMatchObject({ fields: [{ name: '名称' }, { name: '区' }, { name: '车位' }] })
    expect((await use('list_dataset_resources', { dataset_id: parks })).structuredContent.resources.length).toBeGreaterThan(2)
    expect((await use('search_organizations', { query: '市场' })).structuredContent).toMatchObject({ total: 1, organizations: [{ id: HERE, datasets: 1 }] })
    await served()
    const rows = await use('query_resource_data', { dataset_id: parks, filters: [{ field: '区', value: '甲区' }], sort: '-车位', limit: 1 })
    expect(rows).toMatchObject({ structuredContent: { total: 2, rows: [{ 名称: '东门' }] } })
    expect(JSON.parse(rows.content[0]?.text ?? '')).toEqual(rows.structuredContent)
  })

  it('tells a model what was wrong', async () => {
    expect(await use('query_resource_data', { dataset_id: people })).toMatchObject({ isError: true })
    expect((await use('query_resource_data', { dataset_id: parks, fields: ['没有'] })).content[0]?.text).toContain('没有')
    expect(await use('query_resource_data', { dataset_id: parks, limit: 100_000 })).toMatchObject({ isError: true })
    expect(await use('get_dataset_info', {})).toMatchObject({ isError: true })
    expect((await ask('tools/call', { name: 'none' })).body.error).toMatchObject({ code: -32_602 })
    expect((await ask('nothing', {})).body.error).toMatchObject({ code: -32_601 })
  })

  it('knows a caller by his token, and nobody by a page of another origin', async () => {
    expect((await use('search_datasets', {}, { authorization: `Bearer ${provider}` })).structuredContent.total).toBe(2)
    expect((await ask('ping', {}, { authorization: 'Bearer nonsense' })).status).toBe(401)
    expect((await ask('ping', {}, { origin: 'https://evil.example' })).status).toBe(403)
    expect((await fetch(`${origin}/mcp`)).status).toBe(405)
    expect((await fetch(`${origin}/mcp`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' })).status).toBe(400)
  })
})
