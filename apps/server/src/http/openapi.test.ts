import { operations } from '@datong/contracts'
import { describe, expect, it } from 'vitest'
import { openApiOf } from './openapi.ts'

const document = openApiOf(Object.values(operations), '1.2.3')
const text = JSON.stringify(document)

describe('the OpenAPI document', () => {
  it('describes each operation once, with who may call it', () => {
    const ids = [...text.matchAll(/"operationId":"(\w+)"/g)].map(([, id]) => id)
    expect(ids.sort()).toEqual(Object.keys(operations).sort())
    expect(text.match(/"x-datong-access"/g)).toHaveLength(ids.length)
  })

  it('refers only to what it has', () => {
    const parts = document['components'] as Record<string, Record<string, unknown>> // built by openApiOf
    for (const [, kind, name] of text.matchAll(/"#\/components\/(\w+)\/(\w+)"/g)) expect(parts[kind!]?.[name!]).toBeDefined()
  })

  it('declares each parameter of a path', () => {
    for (const { path, params } of Object.values(operations) as { path: string; params?: { properties: object } }[]) {
      expect([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()).toEqual(Object.keys(params?.properties ?? {}).sort())
    }
  })
})
