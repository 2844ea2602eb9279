import { systemClock } from '@datong/kernel'
import { appendFile, mkdir, mkdtemp, readFile, rename, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectorTools, SourceBatch, Watermark } from './connector.ts'
import { all, describeConnector } from './contract-suite.ts'
import { folder } from './folder.ts'
import { fits } from './files/glob.ts'

const FROM = { object: 'files' }
const LONG_AGO = new Date('2026-11-01T00:00:00Z')

describeConnector('folder', folder, async () => {
  const root = await mkdtemp(join(tmpdir(), 'datong-drop-'))
  const drop = join(root, 'drop')
  await mkdir(join(drop, 'daily'), { recursive: true })
  const lay = async (name: string, text: string) => {
    await writeFile(join(drop, 'daily', name), text)
    await utimes(join(drop, 'daily', name), LONG_AGO, LONG_AGO)
  }
  await lay('a.csv', 'a\n1\n')
  return {
    settings: { folder: 'daily', pattern: '*.csv' }, secrets: {}, nowhere: { folder: 'nothing-here' }, wrong: null, from: FROM, hidden: [], hasAddress: false, dropFolder: drop,
    holds: { file: 'a\n1\n' }, marks: { change: () => lay('b.csv', 'a\n2\n'), brings: { file: 'a\n2\n' } },
    stop: () => rm(root, { recursive: true }),
  }
})

describe('a drop folder', () => {
  let root: string
  let drop: string
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'datong-drop-'))
    drop = join(root, 'own')
    await mkdir(join(drop, 'in'), { recursive: true })
  })
  afterEach(() => rm(root, { recursive: true }))

  const tools = (): ConnectorTools => ({
    outbound: { allowLoopback: true, pushNetworks: null, harvestNetworks: [], sourceNetworks: [] }, clock: systemClock, signal: new AbortController().signal, scratch: root,
    dropFolder: drop, maxFileBytes: 1_000_000, ownDatabase: async () => ({ cluster: '', database: '' }),
  })
  const lay = async (name: string, text: string, at = LONG_AGO): Promise<string> => {
    const path = join(drop, 'in', name)
    await writeFile(path, text)
    await utimes(path, at, at)
    return path
  }
  const read = async (after?: Watermark, settings: object = {}): Promise<Extract<SourceBatch, { kind: 'file' }> & { text: string } | undefined> => {
    const source = await folder.open({ folder: 'in', ...settings }, {}, tools())
    const [batch] = await all(source.read({ from: FROM, ...(after === undefined ? {} : { after }) }))
    return batch?.kind === 'file' ? { ...batch, text: await readFile(batch.path, 'utf8') } : undefined
  }
  const nothingSeen: Watermark = { column: 'files', value: '' }

  it('gives file after file, once each, however the clock of the front-end machine stands', async () => {
    await lay('2.csv', 'second', new Date('2026-11-02T00:00:00Z'))
    await lay('1.csv', 'first', new Date('2026-11-01T00:00:00Z'))
    const first = await read(nothingSeen)
    expect(first).toMatchObject({ name: '1.csv', text: 'first', more: true })
    await lay('3.csv', 'from 1970', new Date(0))
    const second = await read(first?.mark ?? undefined)
    expect(second).toMatchObject({ name: '3.csv', text: 'from 1970', more: true })
    await lay('4.csv', 'from the future', new Date('2090-01-01T00:00:00Z'))
    const third = await read(second?.mark ?? undefined)
    const fourth = await read(third?.mark ?? undefined)
    expect([third?.name, fourth?.name, fourth?.more]).toEqual(['2.csv', '4.csv', false])
    expect(await read(fourth?.mark ?? undefined)).toBeUndefined()
  })

  it('gives a file again that was changed, and the newest when it begins', async () => {
    await lay('a.csv', 'old')
    await lay('b.csv', 'new', new Date('2026-11-03T00:00:00Z'))
    const first = await read()
    expect(first?.text).toBe('new')
    await lay('a.csv', 'changed', new Date('2026-11-04T00:00:00Z'))
    expect((await read(first?.mark ?? undefined))?.text).toBe('changed')
  })

  it('leaves alone what is still being written', async () => {
    const now = new Date()
    await lay('fresh.csv', 'half', now)
    await Promise.all(['.hidden.csv', 'a.csv.part', 'b.csv.filepart', 'c.tmp', 'd.csv~'].map((name) => lay(name, 'half')))
    expect(await read(nothingSeen)).toBeUndefined()
    const growing = await lay('growing.csv', 'half')
    const reading = read(nothingSeen, { quietSeconds: 0, pattern: 'grow*' })
    const writer = setInterval(() => void appendFile(growing, 'x'), 50)
    expect(await reading).toBeUndefined()
    clearInterval(writer)
  })

  it('leaves a file alone that another takes the place of while it is looked at', async () => {
    await lay('a.csv', 'one')
    const reading = read(nothingSeen)
    await rename(await lay('other', 'two', new Date('2026-11-05T00:00:00Z')), join(drop, 'in', 'a.csv'))
    expect((await reading)?.text ?? 'left alone').not.toBe('one')
  })

  it('waits for the sign of readiness where there is one', async () => {
    await lay('a.csv', 'a', new Date())
    const settings = { readyEnding: '.ok', pattern: '*.csv*' }
    expect(await read(nothingSeen, settings)).toBeUndefined()
    await lay('a.csv.ok', '', new Date())
    expect((await read(nothingSeen, settings))?.text).toBe('a')
  })

  it('follows no links: neither of files nor of folders that lead out', async () => {
    await writeFile(join(root, 'secret.csv'), 'secret')
    await symlink(join(root, 'secret.csv'), join(drop, 'in', 'a.csv'))
    expect(await read(nothingSeen)).toBeUndefined()
    await symlink(root, join(drop, 'out'))
    await expect(read(nothingSeen, { folder: 'out' })).rejects.toMatchObject({ code: 'delivery/address-refused' })
    for (const way of ['../own', '/etc', 'in/../..', '..']) await expect(read(nothingSeen, { folder: way })).rejects.toMatchObject({ code: 'collection/source-settings' })
  })

  it('does not begin with a file that is too large', async () => {
    const path = await lay('zeros.csv', '')
    await truncate(path, 100 * 2 ** 30)
    await utimes(path, LONG_AGO, LONG_AGO)
    await expect(read(nothingSeen)).rejects.toMatchObject({ code: 'collection/source-too-large' })
  })
})

describe('a pattern of names', () => {
  it.each([['*', 'a.csv', true], ['*.csv', 'a.csv', true], ['*.csv', 'a.csv.ok', false], ['企业_????.*', '企业_2026.xls', true], ['a', 'ab', false], ['**b', 'ab', true], ['', '', true], ['?', '', false]])('%s fits %s: %s', (pattern, name, holds) => {
    expect(fits(pattern, name)).toBe(holds)
  })

  it('takes no longer for patterns that are meant to take long', () => {
    expect(fits(`${'*a'.repeat(50)}b`, 'a'.repeat(200))).toBe(false)
  })
})
