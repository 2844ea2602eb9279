import type { Entry } from '@datong/contracts'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aDeliveryHouse, type DeliveryHouse } from '../delivery/forms/testing.ts'

let house: DeliveryHouse
beforeAll(async () => {
  house = await aDeliveryHouse()
})
afterAll(() => house.stop())

describe('the code of a draft with data', () => {
  it('follows the classification: versions, figures and rows are there under the new code, and go on under it', async () => {
    const { api, provider, store } = house
    const before = await house.load('编号,名称\n1,甲\n2,乙\n')
    const changed = await api<Entry>(provider, 'PATCH', `/api/v1/catalog/entries/${before}`, { classification: '102001' })
    expect(changed.status).toBe(200)
    const { code } = changed.body
    expect(code).toBe(`102001${before.slice(before.indexOf('-'))}`)
    expect((await api<Entry>(provider, 'GET', `/api/v1/catalog/entries/${before}`)).body.code).toBe(code)
    expect((await api(provider, 'GET', `/api/v1/collection/entries/${code}/versions`)).body).toMatchObject({ items: [{ number: 1, current: true, rowCount: 2 }] })
    expect((await api(provider, 'GET', `/api/v1/quality/entries/${code}`)).status).toBe(200)
    expect((await api(provider, 'GET', `/data/v1/${code}/rows`)).body).toMatchObject({ items: [{ 名称: '甲' }, { 名称: '乙' }] })
    await house.load('编号,名称\n1,甲\n2,乙\n3,丙\n', code)
    expect((await api(provider, 'GET', `/api/v1/collection/entries/${code}/versions`)).body).toMatchObject({ items: [{ number: 2, current: true }, { number: 1 }] })
    await expect(sql`update collection.version set row_count = 9 where entry_code = ${code}`.execute(store.db)).rejects.toThrow('never changed')
  })
})
