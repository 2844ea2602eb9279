import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { keptReason, reason } from './reason.ts'

const ROOT = join(import.meta.dirname, '../../../../../..')
const sourcesOf = (folder: string): string[] => readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).map((name) => readFileSync(join(ROOT, folder, name), 'utf8'))
const textsOf = (language: string): Record<string, string> => JSON.parse(readFileSync(join(ROOT, `apps/web/src/shared/messages/${language}/collection.json`), 'utf8')) as Record<string, string> // texts by key

/** Kinds of files that are refused: no load tells them. */
const REFUSED = new Set(['format/binary', 'format/empty', 'format/html', 'format/xml', 'format/zip'])

describe('a reason of a load', () => {
  it('has a text in both languages, whatever decides', () => {
    const detected = sourcesOf('packages/tabular/src').flatMap((text) => [...text.matchAll(/'((?:delimiter|encoding|fields|format|header|import|sheet)\/[a-z0-9-]+)'/g)].map(([, code = '']) => code))
    const told = sourcesOf('apps/server/src/modules/collection').flatMap((text) => [...text.matchAll(/\b(?:reason\(|\? |: )'((?:source|capture|view|form|version)\/[a-z-]+)'/g)].map(([, code = '']) => code))
    const codes = new Set([...detected.filter((code) => !REFUSED.has(code)), ...told, ...['first', 'asked', 'other-version', 'moved'].map((because) => `source/full-${because}`)])
    expect(codes.size).toBeGreaterThan(45)
    for (const language of ['zh-CN', 'en']) {
      const texts = textsOf(language)
      expect([...codes].filter((code) => texts[`reason:${code}`] === undefined)).toEqual([])
    }
  })

  it('that was kept as a sentence is shown as it is', () => {
    expect(keptReason('按一列读取')).toEqual({ code: 'text', params: { text: '按一列读取' } })
    expect(keptReason(reason('source/full'))).toEqual({ code: 'source/full', params: {} })
  })
})
