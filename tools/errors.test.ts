import { ERRORS } from '@datong/contracts'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from './steps.ts'

const registered = Object.keys(ERRORS).sort()

/** Product sources: what can throw. */
function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$|node_modules|\/dist\//.test(path) && !path.endsWith('contracts/src/errors.ts'))
    .map((path) => readFileSync(join(ROOT, folder, path), 'utf8'))
}

const text = [...sources('packages'), ...sources('apps')].join('\n')

describe('the registry of errors', () => {
  it('holds every code that is thrown', () => {
    const thrown = new Set([...text.matchAll(/AppError\(\s*'([a-z-]+\/[a-z-]+)'/g)].map(([, code]) => code!))
    expect([...thrown].filter((code) => !(code in ERRORS)).sort()).toEqual([])
  })

  it('holds no code that nothing throws', () => {
    expect(registered.filter((code) => !text.includes(`'${code}'`))).toEqual([])
  })

  it('is described in docs/problems.md, code by code', () => {
    const described = [...readFileSync(join(ROOT, 'docs/problems.md'), 'utf8').matchAll(/^\| `([a-z-]+\/[a-z-]+)` \|/gm)].map(([, code]) => code!)
    expect(described.sort()).toEqual(registered)
  })

  it.each(['zh-CN', 'en'])('is translated into %s', (language) => {
    const messages = JSON.parse(readFileSync(join(ROOT, 'apps/web/src/shared/messages', language, 'errors.json'), 'utf8')) as Record<string, string>
    expect(registered.filter((code) => (messages[code] ?? '').trim() === '')).toEqual([])
  })

  it('is in alphabetical order', () => {
    expect(Object.keys(ERRORS)).toEqual(registered)
  })
})
