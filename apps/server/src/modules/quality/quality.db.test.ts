import type { FieldProfileView, Quality } from '@datong/contracts'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anOfficer } from '../../platform/testing.ts'
import { aServer, HERE, type TestServer, THERE } from '../../testing/a-server.ts'
import { peopleCsv } from '../collection/testing.ts'

const officer = anOfficer('provider', HERE, 'provider')

let server: TestServer
let sessions: Record<'owner' | 'other' | 'steward', Awaited<ReturnType<TestServer['as']>>>

beforeAll(async () => {
  server = await aServer()
  sessions = { owner: await server.as('provider', HERE), other: await server.as('consumer', THERE), steward: await server.as('steward', null) }
})
afterAll(() => server.stop())

async function loaded(content: string): Promise<string> {
  async function* bytes() {
    yield Buffer.from(content)
  }
  const { loadId, entryCode } = await server.collection.upload(bytes(), { fileName: '参保.csv' }, officer)
  while ((await server.collection.findLoad(loadId))?.finishedAt === null) await sleep(30)
  return entryCode
}
const get = async <T>(url: string, who: keyof typeof sessions | null): Promise<{ status: number; body: T }> => {
  const answer = await server.app.inject({ method: 'GET', url, headers: who === null ? {} : sessions[who].headers })
  return { status: answer.statusCode, body: answer.json<T>() }
}
const profile = async (code: string, who: keyof typeof sessions | null) =>
  get<{ version: number; rowCount: number; fields: FieldProfileView[] }>(`/api/v1/quality/entries/${code}/profile`, who)
const field = (fields: readonly FieldProfileView[], name: string) => fields.find((one) => one.name === name)

describe('the profile', () => {
  it('shows values to the owner, and to others only of public fields', async () => {
    const code = await loaded(peopleCsv(120))
    const own = (await profile(code, 'owner')).body
    expect(own).toMatchObject({ version: 1, rowCount: 120 })
    expect(field(own.fields, '公民身份号码')).toMatchObject({ hidden: false, filled: 120, distinct: 120, min: expect.stringMatching(/^339902/) })

    const seen = (await profile(code, 'steward')).body
    for (const name of ['公民身份号码', '姓名', '联系电话']) {
      expect(field(seen.fields, name)).toMatchObject({ hidden: true, filled: 120, min: null, max: null, top: [], patterns: [], histogram: [], mean: null })
    }
    expect(field(seen.fields, '参保月数')).toMatchObject({ hidden: false, min: '1', max: '40' })
    expect(JSON.stringify(seen)).not.toMatch(/339902\d|138\d{8}/)

    expect((await profile(code, 'other')).status).toBe(404)
    expect((await profile(code, null)).status).toBe(404)
    expect((await get(`/api/v1/quality/entries/${code}/profile?version=7`, 'owner')).status).toBe(404)
  })
})

describe('the figures', () => {
  it('count wrong numbers, missing values, duplicates and rejects', async () => {
    const lines = peopleCsv(100).trimEnd().split('\n')
    lines[5] = lines[5]!.replace(/(339902\d{11})./, '$1?')
    lines[6] = lines[6]!.replace(/(339902\d{11})./, '$1?')
    lines.push(lines[50]!, lines[51]!, 'zu,wenig')
    const code = await loaded(lines.join('\n'))
    const { body } = await get<Quality>(`/api/v1/quality/entries/${code}`, 'steward')
    const result = (rule: string, name: string | null = null) => body.results.find((one) => one.rule === rule && one.field === name)
    expect(result('citizen-number', '公民身份号码')).toMatchObject({ checked: 102, failing: 2 })
    expect(result('duplicate-rows')).toMatchObject({ checked: 102, failing: 2 })
    expect(result('value-type')).toMatchObject({ checked: 103, failing: 1 })
    expect(result('not-null', '最近缴费日期')).toMatchObject({ checked: 102, failing: 12 })
    expect(body.dimensions.find(({ dimension }) => dimension === 'accessibility')).toMatchObject({ score: expect.any(Number) })
    expect(JSON.stringify(body)).not.toMatch(/339902\d|138\d{8}/)
  })
})
