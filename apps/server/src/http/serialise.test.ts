import { operations } from '@datong/contracts'
import fc from 'fast-check'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compileAnswer } from './validate.ts'

type Schema = Readonly<Record<string, unknown>>

const record = (value: unknown): Record<string, Schema> => (value ?? {}) as Record<string, Schema> // parts of a JSON Schema

const WORDS = ['', 'a', '数据', '公共"数据\\', '310000', '306007', '301001-000001', '11990100MB0000002B', '2026-11-22', 'https://data.example.gov.cn/1.csv', 'a-b', 'CC-BY-4.0']

/** Words that a pattern takes; when none of ours does, the schema wants an example. */
function wordsLike(pattern: RegExp, least: number, most: number): string[] {
  const fitting = WORDS.filter((words) => pattern.test(words) && words.length >= least && words.length <= most)
  if (fitting.length === 0) throw new Error(`no example fits ${pattern}`)
  return fitting
}

/** Arbitrary values of a schema, of the keywords that the contracts use. */
function valueOf(schema: Schema): fc.Arbitrary<unknown> {
  const { type, pattern, format, enum: allowed, anyOf, examples } = schema
  if ('const' in schema) return fc.constant(schema['const'])
  if (Array.isArray(allowed)) return fc.constantFrom(...(allowed as unknown[]))
  if (Array.isArray(anyOf)) return fc.oneof(...(anyOf as Schema[]).map(valueOf))
  if (type === 'null') return fc.constant(null)
  if (type === 'boolean') return fc.boolean()
  const least = Number(schema['minLength'] ?? 0)
  if (type === 'integer') return fc.integer({ min: Number(schema['minimum'] ?? -1e9), max: Number(schema['maximum'] ?? 1e9) })
  if (type === 'number') return fc.double({ noNaN: true, noDefaultInfinity: true, min: Number(schema['minimum'] ?? -1e9), max: Number(schema['maximum'] ?? 1e9) }).map((n) => (Object.is(n, -0) ? 0 : n))
  if (type === 'array' && Array.isArray(schema['items'])) return fc.tuple(...(schema['items'] as Schema[]).map(valueOf))
  if (type === 'array') {
    const lengths = { minLength: Number(schema['minItems'] ?? 0), maxLength: Math.max(3, Number(schema['minItems'] ?? 0)) }
    const item = valueOf(record(schema)['items'] ?? {})
    return schema['uniqueItems'] === true ? fc.uniqueArray(item, { ...lengths, selector: (one) => JSON.stringify(one) }) : fc.array(item, lengths)
  }
  if (type === 'object' && 'patternProperties' in schema) return fc.dictionary(fc.string(), valueOf(Object.values(record(schema['patternProperties']))[0] ?? {}), { noNullPrototype: true })
  if (type === 'object') return objectOf(schema)
  if (format === 'uuid') return fc.uuid()
  if (format === 'date-time') return fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }).map((date) => date.toISOString())
  if (format === 'date') return fc.constant('2026-11-22')
  if (typeof pattern === 'string' && Array.isArray(examples)) return fc.constantFrom(...(examples as unknown[]))
  if (typeof pattern === 'string') return fc.constantFrom(...wordsLike(new RegExp(pattern), least, Number(schema['maxLength'] ?? Infinity)))
  if (type === 'string') return fc.string({ unit: 'binary', minLength: least, maxLength: Math.max(least, Math.min(12, Number(schema['maxLength'] ?? 12))) })
  return fc.jsonValue()
}

function objectOf(schema: Schema): fc.Arbitrary<unknown> {
  const required = new Set((schema['required'] as string[] | undefined) ?? [])
  const properties = Object.entries(record(schema['properties']))
  return fc.record(
    Object.fromEntries(properties.map(([name, property]) => [name, valueOf(property)])),
    { requiredKeys: properties.map(([name]) => name).filter((name) => required.has(name)), noNullPrototype: true },
  )
}

const list = Object.values(operations)
let app: FastifyInstance
let answer: unknown

beforeAll(async () => {
  app = Fastify()
  for (const { id, response } of list) {
    app.get(`/${id}`, { schema: { response: { 200: JSON.parse(JSON.stringify(response)) as unknown } } }, async (_, reply) => reply.send(answer))
  }
  await app.ready()
})
afterAll(() => app.close())

describe('serialisation by schema', () => {
  it.each(list.map(({ id }) => id))('of %s changes nothing in what the schema allows', async (id) => {
    const operation = list.find((one) => one.id === id)!
    const check = compileAnswer(operation)
    await fc.assert(fc.asyncProperty(valueOf(JSON.parse(JSON.stringify(operation.response)) as Schema), async (value) => {
      expect(check(value)).toEqual([])
      answer = value
      const sent = await app.inject({ url: `/${id}` })
      expect(sent.json()).toEqual(JSON.parse(JSON.stringify(value)))
    }), { numRuns: 60 })
  })

  it('drops what the schema does not name', async () => {
    answer = { items: [{ code: 'x', name: 'n', nameEn: 'e', shortName: 's', regionCode: 'r', kind: 'bureau', duties: [], passwordHash: 'secret' }] }
    expect((await app.inject({ url: '/listOrganisations' })).body).not.toContain('secret')
  })
})
