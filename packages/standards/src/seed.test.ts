import { describe, expect, it } from 'vitest'
import { checkElement } from './data-element.ts'
import { foldName } from './names.ts'
import { SEED_CODE_LISTS } from './seed/code-lists.ts'
import { SEED_ELEMENTS } from './seed/data-elements.ts'

const lists = new Map(SEED_CODE_LISTS.map((list) => [list.id, list]))
const codesOf = (id: string) => lists.get(id)!.versions[0]!.codes

describe('the seed of the standard', () => {
  it('has more than 200 data elements, each well formed and with an identifier of its own', () => {
    expect(SEED_ELEMENTS.length).toBeGreaterThan(200)
    expect(new Set(SEED_ELEMENTS.map(({ id }) => id)).size).toBe(SEED_ELEMENTS.length)
    expect(SEED_ELEMENTS.flatMap((element) => checkElement(element, { codeList: (id) => lists.has(id) }).map((issue) => ({ id: element.id, ...issue })))).toEqual([])
  })

  it('gives no name to two elements', () => {
    const owners = Map.groupBy(SEED_ELEMENTS.flatMap(({ id, name, synonyms }) => [...new Set([name, ...synonyms].map(foldName))].map((text) => ({ id, text }))), ({ text }) => text)
    expect([...owners].filter(([, those]) => those.length > 1).map(([text, those]) => [text, ...those.map(({ id }) => id)])).toEqual([])
  })

  it('has no code twice in a list, and no parent that is missing', () => {
    for (const { id, versions } of SEED_CODE_LISTS) {
      const codes = versions[0]!.codes
      const known = new Set(codes.map(({ code }) => code))
      expect([id, known.size]).toEqual([id, codes.length])
      expect(codes.filter(({ parent }) => parent !== undefined && !known.has(parent)).map(({ code }) => [id, code])).toEqual([])
    }
  })

  it('has 56 peoples, 20 sections and 97 divisions of industry, 34 provinces and 333 prefectures', () => {
    expect(codesOf('GB3304')).toHaveLength(56)
    const industry = codesOf('GB4754')
    expect([industry.filter(({ code }) => /^[A-T]$/.test(code)).length, industry.filter(({ code }) => /^\d\d$/.test(code)).length]).toEqual([20, 97])
    const divisions = codesOf('GB2260')
    expect([divisions.filter(({ code }) => code.endsWith('0000')).length, divisions.filter(({ code }) => !code.endsWith('0000')).length]).toEqual([34, 333])
  })
})
