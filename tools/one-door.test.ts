import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from './steps.ts'

const MODULES = join(ROOT, 'apps/server/src/modules')

/**
 * Who reads rows besides delivery, and why that is no way out: quality counts over them and samples columns for
 * protection to recognise. It hands no row on; its answers carry counts, and values of public fields only.
 */
const INSPECTORS: readonly string[] = ['quality']

function sources(): { module: string; path: string; text: string }[] {
  return readdirSync(MODULES, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !/(^|\/)testing(\/|\.ts$)/.test(path))
    .map((path) => ({ module: path.split('/')[0]!, path, text: readFileSync(join(MODULES, path), 'utf8') }))
}

const using = (pattern: RegExp): string[] => [...new Set(sources().filter(({ text }) => pattern.test(text)).map(({ module }) => module))].sort()

describe('the one door out', () => {
  it('is delivery: nobody else reads rows of the lake but the inspectors', () => {
    expect(using(/\.query\(\s*\{ files|engine\.query\(|\.export\(\s*\{ files/)).toEqual(['delivery', ...INSPECTORS].sort())
  })

  it('alone touches the serving tables', () => {
    expect(using(/\bserving\./)).toEqual(['delivery'])
  })

  it('alone answers under /data', () => {
    expect(using(/operations\.(readRows|download|describeRows)/)).toEqual(['delivery'])
  })

  it('lets nothing restricted leave that was not recorded first', () => {
    const routes = sources().find(({ path }) => path === 'delivery/routes.ts')!.text
    const handlers = [...routes.matchAll(/rawRoute\(operations\.(\w+)[\s\S]*?\n {4}\}\)/g)].map(([body, name]) => ({ name, body }))
    expect(handlers.map(({ name }) => name)).toEqual(['readRows', 'download'])
    const [readRows] = handlers
    expect(readRows!.body.indexOf('await recordAccess')).toBeGreaterThan(0)
    expect(readRows!.body.indexOf('await recordAccess')).toBeLessThan(readRows!.body.indexOf('reply.send'))
    const sendFile = routes.slice(routes.indexOf('async function sendFile'))
    expect(sendFile.indexOf('await recordAccess')).toBeLessThan(sendFile.indexOf('.send(stream)'))
  })
})
