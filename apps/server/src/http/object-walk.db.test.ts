import { operations, type Operation, type Role, ROLES } from '@datong/contracts'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { aDeliveryHouse, type DeliveryHouse, peopleTable, personRow } from '../modules/delivery/forms/testing.ts'
import { SYSTEM_ACTOR } from '../modules/identity/index.ts'
import { CITY, HERE, THERE } from '../testing/a-server.ts'
import { ACCESS_TABLE } from './access-table.ts'
import { NAMED, type Subject, SUBJECTS, WALK } from './walk-table.ts'

/** A department that has no part in anything, and a code that no department has. */
const ELSEWHERE = '11990100MB0000004D'
const NOWHERE = '11990100MB0000009J'
const UNKNOWN_ID = '01a1ffff-0000-7000-8000-00000000000a'
const UNKNOWN_CODE = '301001-999999'
const DEPARTMENT_ROLES: readonly Role[] = ['provider', 'consumer', 'developer']

type Params = Readonly<Record<string, string>>
type Headers = Readonly<Record<string, string>>
interface Stranger { readonly name: string; readonly role: Role | 'key' | 'public'; readonly headers: Headers }
/** Ways to name a thing that is there, each with the same way to name one that is not. */
interface Thing { readonly owner: Headers; readonly foreign: readonly { readonly known: Params; readonly unknown: Params }[]; readonly strangers: readonly Stranger[] }

const all: readonly Operation[] = Object.values(operations)
let house: DeliveryHouse
let published: string
let things: Readonly<Record<Subject, Thing>>
const strangers: Record<string, Stranger[]> = {}

/** One of each thing, made over the API by the departments HERE (gives) and THERE (gets). */
beforeAll(async () => {
  house = await aDeliveryHouse()
  const { identity, api, provider, consumer } = house
  await identity.organisations.add({
    regions: [], organisations: [{ code: ELSEWHERE, name: '教育局', nameEn: 'Elsewhere', shortName: '教育局', regionCode: CITY, kind: 'department', duties: [] }],
  }, SYSTEM_ACTOR)
  for (const organisation of [HERE, THERE, ELSEWHERE]) {
    strangers[organisation] = await Promise.all(DEPARTMENT_ROLES.map(async (role) => ({ name: `${role} of ${organisation}`, role, headers: (await house.as(role, organisation)).headers })))
  }
  const developer = { name: 'developer without a department', role: 'developer' as const, headers: (await house.as('developer', null)).headers }
  const made = async <T = { id: string }>(who: { headers: Record<string, string> }, path: string, body: object): Promise<T> => {
    const { status, body: answer } = await api<T>(who, 'POST', path, body)
    if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(answer)}`)
    return answer
  }
  const systemOf = { headers: { ...strangers[ELSEWHERE]![1]!.headers } } // consumer
  const theirApp = await made(systemOf, '/api/v1/apps', { name: '外部系统' })
  const theirKey = await made<{ key: string; details: { id: string } }>(systemOf, `/api/v1/apps/${theirApp.id}/keys`, { name: '系统' })
  strangers[ELSEWHERE]!.push(developer, { name: `key of ${ELSEWHERE}`, role: 'key', headers: { authorization: `Bearer ${theirKey.key}` } }, { name: 'public', role: 'public', headers: {} })

  published = await house.anEntry(peopleTable([1, 2, 3].map((number) => personRow(number))))
  const system = await house.aSystem(published)
  const draft = await house.load(peopleTable([personRow(4)]))
  const newest = async (query: string) => (await api<{ items: { id: string }[] }>(provider, 'GET', `/api/v1/collection/loads?limit=1${query}`)).body.items[0]!.id
  const load = await newest(`&entryCode=${draft}`)
  await expectFailure(() => house.load('登记号,姓名,手机号码,区域,金额\n', draft))
  const failedLoad = await newest('&state=failed')
  const { body: grant } = await api<{ id: string; applicationId: string; appId: string }>(consumer, 'GET', `/api/v1/sharing/grants/${system.grantId}`)
  const { body: { items: apps } } = await api<{ items: { id: string; keys: { id: string }[] }[] }>(consumer, 'GET', '/api/v1/apps')
  const keyId = apps.find(({ id }) => id === grant.appId)!.keys[0]!.id // made by aSystem
  const base = `/data/v1/${published}`
  const link = await made(consumer, `${base}/links`, { format: 'csv' })
  const webhook = await made(consumer, `${base}/webhooks`, { url: 'http://127.0.0.1:9/hook' })
  const target = await made(consumer, `${base}/push-targets`, { kind: 'postgresql', host: '127.0.0.1', port: 9, database: 'd', table: 't', user: 'u', password: 'p', tls: 'off', schedule: 'by-hand' })
  const derived = await made(consumer, '/api/v1/delivery/derived', {
    name: 'people-by-number', title: '登记', definition: { sources: [{ entryCode: published }], select: [{ source: 0, field: '登记号' }], filters: [], parameters: [], limit: 10 },
  })
  const rule = await made(provider, '/api/v1/sharing/rules', { scope: 'department', name: '规则', priority: 5, effect: 'route', conditions: [{ attribute: 'entry', operator: 'eq', value: published }] })
  const qualityRule = await made(provider, `/api/v1/quality/entries/${draft}/rules`, { kind: 'not-null', title: '非空', field: '登记号', parameters: {}, severity: 'minor', toleranceShare: 0 })
  const source = await made(provider, '/api/v1/collection/sources', {
    name: '登记库', kind: 'postgresql', settings: { host: 'db.example.gov.cn', port: 5432, database: 'd', user: 'u', tls: 'off', utcOffset: '+08:00' }, secrets: { password: 'p' },
    from: { object: 'public.company' }, mode: 'full', markColumn: null, keyColumns: [], drift: 'hold', schedule: null,
  })
  const steward = await house.as('steward', HERE)
  const form = await made(steward, '/api/v1/collection/forms', {
    title: '窗口', about: '', organisation: HERE, departments: [HERE], keyFields: [], dueOn: null,
    fields: [{ name: '窗口', element: null, type: 'text', required: true, maxLength: null, scale: null, minimum: null, maximum: null, codeList: null, recognizer: null, help: null }],
  })
  await made(steward, `/api/v1/collection/forms/${form.id}/actions/open`, {})
  const search = await made(consumer, '/api/v1/following/searches', { name: '停车', query: { q: '停车' } })
  const responsibility = await made(steward, '/api/v1/lists/responsibilities', { organisation: HERE, item: '登记', legalBasis: '', dataNamed: '', dueOn: null, entryCode: null })
  const negativeItem = await made(provider, '/api/v1/lists/negative', { entryCode: published, fields: [], against: 'opening', ground: 'law', legalBasis: '《保守国家秘密法》' })
  const ledgerItem = await made(provider, '/api/v1/ledger', {
    kind: 'system', name: '登记系统', description: '', organisation: HERE, operator: '', partOf: null, entryCodes: [], protectionLevel: null, since: null, yearlyCost: null,
    capacity: null, used: null, unit: '', state: 'running',
  })
  const sheet = { boundary: 'sheet', text: '--sheet\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n名称,摘要\n登记,登记\n\r\n--sheet--\r\n' }
  const uploaded = await house.app.inject({
    method: 'POST', url: '/api/v1/catalog/bulk/imports', headers: { ...provider.headers, 'content-type': `multipart/form-data; boundary=${sheet.boundary}` }, payload: sheet.text,
  })
  const bulkImport = uploaded.json<{ id: string }>()
  const view = await made<{ entryCode: string }>(provider, '/api/v1/collection/views', { title: '汇总', layer: 'topic', sql: 'select count(*) as 人数 from 登记', inputs: [{ name: '登记', entryCode: draft }] })
  const paper = { boundary: 'paper', text: `--paper\r\ncontent-disposition: form-data; name="entryCode"\r\n\r\n${draft}\r\n--paper\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\n说明\r\n--paper--\r\n` }
  const keptPaper = await house.app.inject({ method: 'POST', url: '/api/v1/collection/objects', headers: { ...provider.headers, 'content-type': `multipart/form-data; boundary=${paper.boundary}` }, payload: paper.text })
  const object = keptPaper.json<{ id: string }>()
  const demand = await made(consumer, '/api/v1/demands', { title: '停车', description: '停车', audience: 'departments' })
  const ticket = await made(consumer, `/api/v1/catalog/entries/${published}/reports`, { description: '金额不对' })
  const read = await house.app.inject({ url: `${base}/rows?limit=1`, headers: system.headers })
  for (const module of house.modules) if ('refresh' in module && typeof module.refresh === 'function') await module.refresh() // governance scores departments
  const { body: { items: notices } } = await api<{ items: { id: string }[] }>(consumer, 'GET', '/api/v1/notices')

  const outside = strangers[ELSEWHERE]!
  const byId = (id: string) => [{ known: { id }, unknown: { id: UNKNOWN_ID } }]
  const heldOf = (id: string) => [{ known: { code: published, id }, unknown: { code: published, id: UNKNOWN_ID } }]
  const ofHere = { owner: provider.headers, strangers: [...outside, ...strangers[THERE]!] }
  const ofThere = { owner: consumer.headers, strangers: [...outside, ...strangers[HERE]!] }
  things = {
    draft: { ...ofHere, foreign: [{ known: { code: draft, number: '1' }, unknown: { code: UNKNOWN_CODE, number: '1' } }] },
    load: { ...ofHere, foreign: byId(load) },
    object: { ...ofHere, foreign: [{ known: { code: draft, id: object.id }, unknown: { code: draft, id: UNKNOWN_ID } }] },
    view: { ...ofHere, foreign: [{ known: { code: view.entryCode }, unknown: { code: UNKNOWN_CODE } }] },
    failedLoad: { ...ofHere, foreign: byId(failedLoad) },
    source: { ...ofHere, foreign: byId(source.id) },
    form: { ...ofHere, foreign: [{ known: { id: form.id, organisation: HERE, round: '1' }, unknown: { id: UNKNOWN_ID, organisation: HERE, round: '1' } }] },
    rule: { ...ofHere, foreign: byId(rule.id) },
    qualityRule: { ...ofHere, foreign: byId(qualityRule.id) },
    credit: { owner: provider.headers, strangers: outside, foreign: [{ known: { organisation: HERE }, unknown: { organisation: NOWHERE } }] },
    application: { owner: consumer.headers, strangers: outside, foreign: byId(grant.applicationId) },
    grant: { owner: consumer.headers, strangers: outside, foreign: byId(grant.id) },
    app: { ...ofThere, foreign: byId(grant.appId) },
    key: {
      ...ofThere,
      foreign: [
        { known: { id: grant.appId, keyId }, unknown: { id: UNKNOWN_ID, keyId: UNKNOWN_ID } },
        { known: { id: theirApp.id, keyId }, unknown: { id: theirApp.id, keyId: UNKNOWN_ID } },
      ],
    },
    link: { ...ofThere, foreign: heldOf(link.id) },
    webhook: { ...ofThere, foreign: heldOf(webhook.id) },
    pushTarget: { ...ofThere, foreign: heldOf(target.id) },
    derived: { ...ofThere, foreign: byId(derived.id) },
    derivedName: { ...ofThere, foreign: [{ known: { name: 'people-by-number' }, unknown: { name: 'people-by-nobody' } }] },
    receipt: { owner: consumer.headers, strangers: outside, foreign: byId(String(read.headers['datong-evidence'])) },
    notice: { ...ofThere, foreign: byId(notices[0]!.id) },
    responsibility: { ...ofHere, foreign: byId(responsibility.id) },
    negativeItem: { ...ofHere, foreign: byId(negativeItem.id) },
    // Departments see each other's demands; the public does not.
    demand: { owner: consumer.headers, strangers: outside.filter(({ role }) => role === 'developer' || role === 'public' || role === 'key'), foreign: byId(demand.id) },
    ticket: { owner: consumer.headers, strangers: outside, foreign: byId(ticket.id) },
    bulkImport: { ...ofHere, foreign: byId(bulkImport.id) },
    ledgerItem: { ...ofHere, foreign: byId(ledgerItem.id) },
    savedSearch: { ...ofThere, foreign: byId(search.id) },
  }
})
afterAll(() => house.stop())

async function expectFailure(work: () => Promise<unknown>): Promise<void> {
  await expect(work()).rejects.toThrow()
}

/** The paths of an operation: one for each value of a parameter that is a choice. */
function pathsOf({ path, params }: Operation, values: Params): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].reduce<string[]>((paths, [place, name = '']) => {
    const schema: { enum?: readonly string[] } | undefined = new Map(Object.entries(params?.properties ?? {})).get(name)
    return paths.flatMap((one) => (schema?.enum ?? [values[name] ?? 'missing']).map((value) => one.replace(place, value)))
  }, [path])
}

/** Roles that the operation refuses say nothing about things; those who see all are no strangers. */
const isStranger = ({ id, access }: Operation, { role }: Stranger): boolean => {
  if (access === 'anyone') return true
  const column = role === 'key' ? -1 : role === 'public' ? ROLES.length : ROLES.indexOf(role)
  return column >= 0 && ACCESS_TABLE[id]!.trim().split(/\s+/)[column] === 'own'
}

/** What an answer tells, but for the hour, the request's number and the name of what was asked for. */
async function told({ method, consumes }: Operation, url: string, body: object | undefined, headers: Headers, values: Params): Promise<unknown> {
  const payload = body === undefined ? {} : { payload: body }
  const answer = await house.app.inject({ method, url, headers: { ...headers, ...(consumes === 'multipart/form-data' ? { 'content-type': 'multipart/form-data; boundary=x' } : {}) }, ...payload })
  const words = Object.values(values).filter((value) => value.length > 1)
  const nameless = (text: string): string => words.reduce((left, value) => left.replaceAll(value, '{it}'), text).replace(NOW, '{now}').replace(OWN_TIMES, '')
  const headersTold = Object.entries(answer.headers).filter(([name]) => !UNTELLING.has(name)).map(([name, value]) => [name, name === 'ratelimit' ? 'some' : nameless(String(value))])
  return { status: answer.statusCode, headers: Object.fromEntries(headersTold), body: nameless(answer.body) }
}

async function expectSame(operation: Operation, stranger: Stranger, foreign: Thing['foreign'][number], urlOf: (values: Params) => string[], bodyOf: (values: Params) => object | undefined): Promise<void> {
  const unknown = urlOf(foreign.unknown)
  for (const [index, url] of urlOf(foreign.known).entries()) {
    const known = await told(operation, url, bodyOf(foreign.known), stranger.headers, foreign.known)
    const expected = await told(operation, unknown[index]!, bodyOf(foreign.unknown), stranger.headers, foreign.unknown)
    // A request that is not understood asks for nothing.
    expect(JSON.stringify(expected)).not.toContain('request/invalid')
    expect(known, `${stranger.name}: ${operation.method} ${url}`).toEqual(expected)
  }
}

/** What differs from one answer to the next; the length is that of the body, which is compared. */
const UNTELLING: ReadonlySet<string> = new Set(['date', 'x-request-id', 'content-length'])
/** Instants of today, and how long the stranger's own calls took. */
const NOW = new RegExp(`"${new Date().toISOString().slice(0, 10)}T[^"]+"`, 'g')
const OWN_TIMES = /,"p(50|95)Ms":(\d+|null)/g

describe('a thing of another department', () => {
  it('stands in the walk for each operation that names things in its path', () => {
    expect(Object.keys(WALK).sort()).toEqual(all.filter(({ path }) => path.includes('{')).map(({ id }) => id).sort())
  })

  it('stands in the walk for each place in a query or a body that names one', () => {
    const places = Object.fromEntries(all.map((operation) => [operation.id, [...new Set([...named(operation.query), ...named(operation.body)])].sort()]).filter(([, found]) => found!.length > 0))
    expect(Object.fromEntries(Object.entries(NAMED).map(([id, found]) => [id, Object.keys(found).sort()]))).toEqual(places)
  })

  it.each(Object.keys(WALK).filter((id) => 'subject' in WALK[id]!))('is asked for by %s in vain: the answer is that for an unknown one', async (id) => {
    const operation = all.find((one) => one.id === id)!
    const walk = WALK[id]!
    if ('open' in walk) return
    const { strangers: who, foreign } = things[walk.subject]
    const asking = who.filter((stranger) => isStranger(operation, stranger))
    expect(asking.length).toBeGreaterThan(0)
    for (const stranger of asking) {
      for (const pair of foreign) await expectSame(operation, stranger, pair, (values) => pathsOf(operation, values).map((path) => path + (walk.query ?? '')), () => walk.body)
    }
  })

  it.each(Object.entries(NAMED).flatMap(([id, places]) => Object.entries(places).flatMap(([place, naming]) => ('open' in naming ? [] : [[id, place, naming] as const]))))(
    'is named to %s as %s in vain', async (id, place, { subject, body }) => {
      const operation = all.find((one) => one.id === id)!
      const { strangers: who, foreign } = things[subject]
      const nameOf = ({ id: thing, code }: Params): string => thing ?? code ?? ''
      const path = operation.path.replace('{code}', 'social-assistance')
      const asking = who.filter((stranger) => operation.access === 'signed-in' ? stranger.role !== 'public' && stranger.role !== 'key' : isStranger(operation, stranger))
      for (const stranger of asking) {
        for (const pair of foreign) {
          const compare = () => expectSame(operation, stranger, pair, (values) => [body === undefined ? `${path}?${place}=${nameOf(values)}` : path], (values) => body?.(nameOf(values), published))
          // Figures of the stranger's own calls are written each second.
          await (id === 'usage' ? vi.waitFor(compare, { timeout: 10_000 }) : compare())
        }
      }
    })

  it('is there all the while: its owner is answered otherwise', async () => {
    for (const id of Object.keys(WALK)) {
      const walk = WALK[id]!
      const operation = all.find((one) => one.id === id)!
      if ('open' in walk || operation.method !== 'GET') continue
      const { owner, foreign } = things[walk.subject]
      for (const path of pathsOf(operation, foreign[0]!.known)) {
        const url = path + (walk.query ?? '')
        const { statusCode, body } = await house.app.inject({ url, headers: owner })
        expect([url, statusCode === 404 ? body : 'found']).toEqual([url, 'found'])
      }
    }
    expect(Object.keys(things).sort()).toEqual([...SUBJECTS].sort())
  })
})

/** Names under which a schema takes ids of things or codes of entries. */
function named(schema: unknown, name = ''): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  if (('format' in schema && schema.format === 'uuid') || ('pattern' in schema && schema.pattern === ENTRY_CODE)) return [name]
  return Object.entries(schema).flatMap(([key, inner]) => (key === 'properties' ? Object.entries(inner as object).flatMap(([property, one]) => named(one, property)) : named(inner, name)))
}
const ENTRY_CODE = '^[1-9][0-9]{5,11}-[0-9]{6}$'
