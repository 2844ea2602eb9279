import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aHouse, type House, PROVIDER } from '../testing/a-house.ts'

let house: House
beforeAll(async () => {
  house = await aHouse()
})
afterAll(() => house.stop())

const FIELDS = [{ name: '编号', type: 'text', identifier: true }, { name: '数量', type: 'integer' }, { name: '日期', type: 'date' }] as const
const rows = Array.from({ length: 3_000 }, (_, index) => [`N${index}`, index % 7 === 0 ? null : String(index), `2026-0${(index % 9) + 1}-15`])

describe('files of open data', () => {
  it('are known by size and hash once they were made, until their entry changes, and are the same bytes when they are made anew', async () => {
    const code = await house.aResource({ title: '停车场', fields: FIELDS, rows, openingType: 'open' })
    const known = async () => ((await house.delivery.openFiles.of([code, '301001-999999'])).get(code) ?? [])
      .map(({ format, version, bytes, sha256 }) => [format, version, bytes, sha256]).toSorted()
    const get = (format: string) => house.get(`/data/v1/${code}/download?format=${format}`)
    const made = async () => Promise.all(['csv', 'json', 'parquet', 'xlsx'].map(async (format) => {
      const { rawPayload } = await get(format)
      return [format, 1, rawPayload.length, createHash('sha256').update(rawPayload).digest('hex')]
    }))
    expect(await known()).toEqual([])
    const first = await made()
    // A spreadsheet holds the moment of its making: nobody could rely on its hash.
    expect(await known()).toEqual(first.slice(0, 3))
    await house.catalog.edit(code, { title: '公共停车场' }, PROVIDER)
    await house.events.deliver()
    expect(await known()).toEqual([])
    await expect.poll(async () => decodeURIComponent(String((await get('csv')).headers['content-disposition']))).toContain(`''公共停车场-v1`)
    expect((await made()).slice(0, 3)).toEqual(first.slice(0, 3))
    expect(await known()).toEqual(first.slice(0, 3))
  })

  it('of what is granted or masked for one caller are not noted', async () => {
    const code = await house.aResource({ title: '从业人员', fields: FIELDS, rows: rows.slice(0, 5) })
    const { key } = await house.aSystemWith({ [code]: { fields: ['编号', '数量'] } })
    expect((await house.get(`/data/v1/${code}/download?format=csv`, key)).statusCode).toBe(200)
    expect((await house.delivery.openFiles.of([code])).size).toBe(0)
  })
})
