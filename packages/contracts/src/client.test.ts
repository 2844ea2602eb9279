import { describe, expect, it } from 'vitest'
import { createClient, operations, ProblemError, urlOf } from './index.ts'

const answering = (status: number, body: unknown, type = 'application/json') =>
  createClient({
    baseUrl: 'http://datong.test',
    headers: () => ({ 'x-csrf-token': 't' }),
    fetch: async () => new Response(JSON.stringify(body), { status, headers: { 'content-type': type } }),
  })

describe('the typed client', () => {
  it('fills path parameters and leaves empty query values out', () => {
    expect(urlOf(operations.getEntry, { code: '306007-000123' })).toBe('/api/v1/catalog/entries/306007-000123')
    expect(urlOf(operations.searchEntries, {}, { q: '停车 场', theme: undefined })).toBe('/api/v1/catalog/entries?q=%E5%81%9C%E8%BD%A6+%E5%9C%BA')
  })

  it('answers with the type of the operation', async () => {
    const call = answering(200, { items: [] })
    const answer = await call(operations.listOrganisations)
    expect(answer.items.length).toBe(0)
  })

  it('throws the problem of the server with all its issues', async () => {
    const problem = {
      type: 'about:blank', title: 'x', status: 422, detail: 'd', instance: '/', code: 'request/invalid',
      errors: [{ pointer: '/a', code: 'type', message: 'm' }],
    }
    const call = answering(422, problem, 'application/problem+json')
    const error = await call(operations.getEntry, { params: { code: '306007-000123' } }).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(ProblemError)
    expect((error as ProblemError).issues).toHaveLength(1)
  })
})
