import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from './steps.ts'

const MODULES = join(ROOT, 'apps/server/src/modules')

/**
 * Who reads rows besides delivery, and why that is no way out: quality counts over them, samples columns for protection to
 * recognise, and keeps rows that fail a rule, sealed. Those it shows to the owner's own officers, recorded before they leave; to
 * others its answers carry counts, and values of public fields only. Collection lets a
 * department try a recipe on the rows that it brought in itself, as it shows it its rejects: a few of them, recorded before they leave.
 * Tickets follow one cell of the own department's to its source, recorded before its value is told.
 */
const INSPECTORS: readonly string[] = ['collection', 'quality', 'tickets']

/** Handlers of delivery that write their answers themselves, and record them in the same file before they leave. */
const RECORDING: readonly string[] = ['readRows', 'download', 'verify', 'graphql', 'readDerived', 'readVersionRows', 'readStatistics']

/** The others, and why they may. */
const RECORDED_ELSEWHERE: Readonly<Record<string, string>> = {
  resourceOpenApi: 'describes fields, holds no row',
  resourceSamples: 'code with made-up values, holds no row',
  followLink: 'recorded when the transfer begins, in links/record-link.ts',
  readObject: 'recorded before it leaves, in objects/record-object.ts',
  readWatermark: 'takes a file in, and answers which grants it fits; recorded in watermark/watermark-routes.ts',
  readChanges: 'recorded with each batch, in subscriptions/deliver-changes.ts',
}

function sources(): { module: string; path: string; text: string }[] {
  return readdirSync(MODULES, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !/(^|\/)testing(\/|\.ts$)/.test(path))
    .map((path) => ({ module: path.split('/')[0]!, path, text: readFileSync(join(MODULES, path), 'utf8') }))
}

const using = (pattern: RegExp): string[] => [...new Set(sources().filter(({ text }) => pattern.test(text)).map(({ module }) => module))].sort()

describe('the one door out', () => {
  it('is delivery: nobody else reads rows of the lake but the inspectors', () => {
    expect(using(/\.query\(\s*\{ files|engine\.query\(|\.rowsWhere\(|\.tally\(|\.export\(\s*\{ files/)).toEqual(['delivery', ...INSPECTORS].sort())
  })

  it('alone touches the serving tables', () => {
    expect(using(/\bserving\./)).toEqual(['delivery'])
  })

  it('alone answers under /data', () => {
    expect(using(/operations\.(readRows|download|describeRows)/)).toEqual(['delivery'])
  })

  it('lets nothing restricted leave that was not recorded first', () => {
    const files = sources().filter(({ path, text }) => path.startsWith('delivery/') && /(raw|lean)Route\(operations\./.test(text))
    const handlers = files.flatMap(({ text }) => [...text.matchAll(/(?:raw|lean)Route\(operations\.(\w+)/g)].map((found) => ({ name: found[1]!, text: text.slice(found.index) })))
    const records = /await (recordAccess|reads\.record)\(/
    const sends = /\bsendData\(|\bsendStretch\(|\.send\((answer(\.text)?|text)\)/
    for (const { name, text } of handlers.filter((handler) => RECORDING.includes(handler.name))) {
      const [recorded, sent] = [text.search(records), text.search(sends)]
      expect([name, recorded > 0, recorded < sent]).toEqual([name, true, true])
    }
    expect(handlers.map(({ name }) => name).sort()).toEqual([...RECORDING, ...Object.keys(RECORDED_ELSEWHERE)].sort())
  })
})
