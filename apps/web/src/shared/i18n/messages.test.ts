import { ERRORS } from '@datong/contracts'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { texts as english } from '../messages/en.ts'
import { texts as chinese } from '../messages/zh-CN.ts'
import { flatten } from './language.ts'

const zh = flatten(chinese)
const en = flatten(english)
const areas = Object.keys(chinese)
const asked = (key: string): string => key.replace(/_(one|other)$/, '')

function sources(folder: string): string {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((file) => file.isFile() && /\.tsx?$/.test(file.name) && !/\.test\.tsx?$/.test(file.name))
    .map((file) => readFileSync(join(file.parentPath, file.name), 'utf8'))
    .join('\n')
}

/** Keys written out in the sources, and beginnings of keys whose end is a value (`common.grade.${grade}`). */
function keysInSources(): { whole: Set<string>; beginnings: Set<string> } {
  const whole = new Set<string>()
  const beginnings = new Set<string>()
  const text = sources(join(import.meta.dirname, '../..'))
  const pattern = new RegExp(`(['"\`])((?:${areas.join('|')})\\.[^'"\`$\\s]*)(['"\`]|\\$\\{)`, 'g')
  for (const [, , key = '', end] of text.matchAll(pattern)) {
    if (end === '${' || /[.:]$/.test(key)) beginnings.add(key)
    else if (!/\.(tsx?|css|json)$/.test(key)) whole.add(key)
  }
  return { whole, beginnings }
}

const placeholders = (text: string): string[] => [...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name = '']) => name).toSorted()

describe('the texts of the interface', () => {
  const { whole, beginnings } = keysInSources()

  it('exist in both languages under the same keys', () => {
    expect(Object.keys(zh).toSorted()).toEqual(Object.keys(en).toSorted())
  })

  it('are never empty', () => {
    const empty = [...Object.entries(zh), ...Object.entries(en)].filter(([, text]) => text.trim() === '').map(([key]) => key)
    expect(empty).toEqual([])
  })

  it('take the same values in both languages', () => {
    // English may say "one" instead of the figure.
    const same = (key: string): boolean => {
      const [wanted, given] = [placeholders(zh[key] ?? ''), placeholders(en[key] ?? '')]
      return key.endsWith('_one') ? given.every((name) => wanted.includes(name)) : wanted.join() === given.join()
    }
    const different = Object.keys(zh).filter((key) => !same(key))
    expect(different).toEqual([])
  })

  it('hold no Chinese in English', () => {
    expect(Object.entries(en).filter(([, text]) => /\p{Script=Han}/u.test(text)).map(([key]) => key)).toEqual([])
  })

  it('are all used', () => {
    const used = (key: string): boolean =>
      whole.has(asked(key)) || [...beginnings].some((beginning) => key.startsWith(beginning)) || key.startsWith('errors.')
    expect(Object.keys(zh).filter((key) => !used(key))).toEqual([])
  })

  it('are all there that the sources ask for', () => {
    const there = new Set(Object.keys(zh).map(asked))
    expect([...whole].filter((key) => !there.has(key))).toEqual([])
    expect([...beginnings].filter((beginning) => !Object.keys(zh).some((key) => key.startsWith(beginning)))).toEqual([])
  })
})

describe('the texts of errors', () => {
  const isProblem = (key: string): boolean => key.startsWith('errors.') && key.includes('/')

  it('exist for each code of the registry', () => {
    expect(Object.keys(ERRORS).filter((code) => zh[`errors.${code}`] === undefined)).toEqual([])
  })

  it('exist for no code that is not in the registry', () => {
    const codes: readonly string[] = [...Object.keys(ERRORS), 'request/unreadable-answer'] // the client's own
    expect(Object.keys(zh).filter((key) => isProblem(key) && !codes.includes(key.slice('errors.'.length)))).toEqual([])
  })
})
