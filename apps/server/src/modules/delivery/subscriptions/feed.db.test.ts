import type { Change } from '@datong/contracts'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aDeliveryHouse, type DeliveryHouse, type GrantedSystem, peopleTable, personRow, until } from '../forms/testing.ts'

let house: DeliveryHouse
beforeAll(async () => {
  house = await aDeliveryHouse()
})
afterAll(() => house.stop())

interface Page {
  items: Change[]
  position: number
  more: boolean
  version: number
  view: string
}
type Copy = Map<string, Record<string, unknown>>

/** What a consumer does with the feed. */
function apply(copy: Copy, { kind, id, row }: Change): void {
  if (kind === 'reset') copy.clear()
  else if (kind === 'removed') expect(copy.delete(id!)).toBe(true)
  else if (kind === 'added' || kind === 'changed') {
    expect(copy.has(id!)).toBe(kind === 'changed')
    copy.set(id!, row!)
  }
}

async function follow(system: GrantedSystem, code: string, copy: Copy, from: number, limit = 37): Promise<Page> {
  for (let position = from; ;) {
    const { status, body } = await house.api<Page>(system, 'GET', `/data/v1/${code}/changes?from=${position}&limit=${limit}`)
    expect(status, JSON.stringify(body)).toBe(200)
    for (const item of body.items) apply(copy, item)
    if (!body.more) return body
    position = body.position
  }
}

/** All rows as the row interface gives them. */
async function rowsOf(system: GrantedSystem, code: string): Promise<string[]> {
  const rows: string[] = []
  let cursor = ''
  do {
    const { body } = await house.api<{ items: object[]; nextCursor: string | null }>(system, 'GET', `/data/v1/${code}/rows?limit=1000${cursor}`)
    rows.push(...body.items.map((row) => JSON.stringify(row)))
    cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`
  } while (cursor !== '')
  return rows.sort()
}
const rowsIn = (copy: Copy): string[] => [...copy.values()].map((row) => JSON.stringify(row)).sort()
const feedAt = (code: string, version: number) => until(async () => {
  const { rows } = await house.store.pool.query<{ to_version: number }>('select to_version from delivery.change_set where entry_code = $1 order by number desc limit 1', [code])
  return rows[0]?.to_version === version
})

describe('the feed of changes', () => {
  it('leads every grant from each version to the next, whatever changed', async () => {
    const person = fc.record({ number: fc.nat(60), name: fc.option(fc.constantFrom('张三', '欧阳娜娜', '李𠮷'), { nil: undefined }), district: fc.constantFrom('城东', '城西', '城南'), amount: fc.constantFrom('1.00', '1.50', '2.25') })
    const table = fc.uniqueArray(person, { selector: ({ number }) => number, minLength: 5, maxLength: 50 })
      .map((people) => peopleTable(people.map(({ number, name, district, amount }) => personRow(number, { ...(name === undefined ? {} : { name }), district, amount }))))
    const tables = fc.sample(table, { seed: 20261122, numRuns: 6 })
    const code = await house.anEntry(tables[0]!)
    await feedAt(code, 1)
    const systems = [
      await house.aSystem(code), await house.aSystem(code, { fields: ['姓名', '区域'] }),
      await house.aSystem(code, { filter: [{ field: '区域', op: 'eq', value: '城东' }] }), await house.aSystem(code, { fields: ['姓名'], filter: [{ field: '金额', op: 'gt', value: 1 }] }),
    ]
    const followers = systems.map((system) => ({ system, copy: new Map() as Copy, position: 0 }))
    for (const [index, csv] of tables.entries()) {
      if (index > 0) await house.load(csv, code)
      await feedAt(code, index + 1)
      for (const follower of followers) {
        follower.position = (await follow(follower.system, code, follower.copy, follower.position)).position
        expect(rowsIn(follower.copy)).toEqual(await rowsOf(follower.system, code))
        const anew: Copy = new Map()
        await follow(follower.system, code, anew, 0, 1000)
        expect(anew).toEqual(follower.copy)
      }
    }
    const used = await house.api(house.provider, 'POST', `/api/v1/collection/entries/${code}/versions/2/actions/use`, { reason: '回退' })
    expect(used.status).toBe(200)
    await feedAt(code, 2)
    for (const { system, copy, position } of followers) {
      await follow(system, code, copy, position)
      expect(rowsIn(copy)).toEqual(await rowsOf(system, code))
    }
  })

  it('tells only what the grant lets be seen: no field outside it, nothing unmasked, no change of what is hidden', async () => {
    const code = await house.anEntry(peopleTable([personRow(1, { name: '王小明', amount: '1.00' }), personRow(2), personRow(3)]))
    await feedAt(code, 1)
    const system = await house.aSystem(code, { fields: ['姓名'] })
    const { position } = await follow(system, code, new Map(), 0)
    await house.load(peopleTable([personRow(1, { name: '王大明', amount: '9.00' }), personRow(2, { amount: '5.00' }), personRow(3)]), code)
    await feedAt(code, 2)
    const { body } = await house.api<Page>(system, 'GET', `/data/v1/${code}/changes?from=${position}`)
    // 王小明 and 王大明 are masked alike, and the amounts are not granted.
    expect(body).toEqual({ items: [], position: position + 2, more: false, version: 2, view: expect.any(String) })
    const all = await house.api<Page>(system, 'GET', `/data/v1/${code}/changes`)
    expect(JSON.stringify(all.body)).not.toMatch(/B00000|小明|大明|138/)
  })

  it('names rows differently to each grant', async () => {
    const code = await house.anEntry(peopleTable([personRow(1), personRow(2)]))
    await feedAt(code, 1)
    const [one, other] = [await house.aSystem(code), await house.aSystem(code)]
    const ids = async (system: GrantedSystem) => (await house.api<Page>(system, 'GET', `/data/v1/${code}/changes`)).body.items.flatMap(({ id }) => (id === null ? [] : [id]))
    const [first, second] = [await ids(one), await ids(other)]
    expect(first).toHaveLength(2)
    expect(first.filter((id) => second.includes(id))).toEqual([])
  })

  it('begins anew when keys stand twice, and says only the version then', async () => {
    const code = await house.anEntry(peopleTable([personRow(1), personRow(2)]))
    await feedAt(code, 1)
    const system = await house.aSystem(code)
    const { position } = await follow(system, code, new Map(), 0)
    await house.load(peopleTable([personRow(1), personRow(1, { name: '双胞胎' })]), code)
    await feedAt(code, 2)
    expect((await house.api<Page>(system, 'GET', `/data/v1/${code}/changes?from=${position}`)).body.items).toMatchObject([{ kind: 'version', version: 2, id: null, row: null }])
    await house.load(peopleTable([personRow(1), personRow(7)]), code)
    await feedAt(code, 3)
    const { body } = await house.api<Page>(system, 'GET', `/data/v1/${code}/changes?from=${position}`)
    expect(body.items.map(({ kind }) => kind)).toEqual(['reset', 'added', 'added'])
  })

  it('refuses positions that it has not reached, and everything to those without a ground', async () => {
    const code = await house.anEntry(peopleTable([personRow(1)]))
    await feedAt(code, 1)
    const system = await house.aSystem(code)
    expect((await house.api<object>(system, 'GET', `/data/v1/${code}/changes?from=3`)).body).toMatchObject({ status: 422, code: 'delivery/unknown-position', params: { last: 2 } })
    for (const from of ['-1', 'x', '1e400']) expect((await house.api(system, 'GET', `/data/v1/${code}/changes?from=${from}`)).status).toBe(422)
    const other = await house.aSystem(await house.anEntry(peopleTable([personRow(5)])))
    expect((await house.api(other, 'GET', `/data/v1/${code}/changes`)).status).toBe(403)
    expect((await house.api({ headers: {} }, 'GET', `/data/v1/${code}/changes`)).status).toBe(404)
  })
})

describe('the feed as events', () => {
  it('goes on with each version, resumes behind the last event seen, is evidenced, and ends within a second when the grant is revoked', async () => {
    const code = await house.anEntry(peopleTable([personRow(1), personRow(2)]))
    await feedAt(code, 1)
    const system = await house.aSystem(code)
    const stream = await listen(system, code)
    await until(() => stream.text().includes('event: reached'))
    expect(stream.text().match(/^event: .*$/gm)).toEqual(['event: reset', 'event: added', 'event: added', 'event: reached'])
    await house.load(peopleTable([personRow(1), personRow(3)]), code)
    await until(() => stream.text().includes('event: removed'))
    const resumed = await listen(system, code, { 'last-event-id': '3' })
    await until(() => resumed.text().includes('event: reached'))
    expect(resumed.text().match(/^(id|event): .*$/gm)).toEqual(['id: 4', 'event: removed', 'id: 5', 'event: added', 'id: 5', 'event: reached'])
    expect((await house.evidenceOf('delivery.changes.read')).length).toBeGreaterThanOrEqual(3)
    await system.act('revoke')
    await until(() => stream.isOver() && resumed.isOver(), 1_000)
    expect(stream.text()).toContain('event: ended\ndata: {"code":"delivery/revoked"}')
  })

  it('tells when the same rows come to be seen otherwise, so that what was read is read again', async () => {
    const code = await house.anEntry(peopleTable([personRow(1), personRow(2)]))
    await feedAt(code, 1)
    const [system, other] = [await house.aSystem(code), await house.aSystem(code, { fields: ['姓名'] })]
    const page = async (who: GrantedSystem) => (await house.api<Page>(who, 'GET', `/data/v1/${code}/changes`)).body
    const [before, narrower] = [await page(system), await page(other)]
    expect(before.view).not.toBe(narrower.view)
    const stream = await listen(system, code)
    await until(() => stream.text().includes('event: reached'))
    expect(stream.text()).toContain(`"view":"${before.view}"`)
    const changed = await house.api(house.steward, 'PATCH', `/api/v1/catalog/entries/${code}`, { fields: [{ name: '姓名', masking: 'redact' }] })
    expect(changed.status, JSON.stringify(changed.body)).toBe(200)
    await until(() => stream.text().includes('event: view'))
    const after = await page(system)
    expect(after.view).not.toBe(before.view)
    expect(stream.text()).toContain(`event: view\ndata: {"view":"${after.view}","position":${after.position}}`)
    expect(JSON.stringify(after.items)).not.toBe(JSON.stringify(before.items))
  })
})

async function listen(system: GrantedSystem, code: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${house.origin}/data/v1/${code}/changes`, { headers: { ...system.headers, ...headers, accept: 'text/event-stream' } })
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8'])
  let text = ''
  let over = false
  void (async () => {
    for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) text += chunk
    over = true
  })()
  return { text: () => text, isOver: () => over }
}
