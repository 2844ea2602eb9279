import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EngineHarness } from '@datong/data-engine/contract-suite'
import { duckDbHarness } from './testing/harness.ts'
import { loadFile, type LoadedFile } from './testing/load-file.ts'

describe('bad input through the whole way of a file', () => {
  let harness: EngineHarness
  let count = 0
  beforeAll(async () => {
    harness = await duckDbHarness()
  })
  afterAll(async () => {
    await harness.engine.close()
    await harness.dispose()
  })
  const load = async (bytes: string | Uint8Array): Promise<LoadedFile> => {
    const path = join(harness.directory, `upload-${++count}.csv`)
    await writeFile(path, bytes)
    const loaded = await loadFile(harness.engine, path, join(harness.directory, `load-${count}`))
    const { normalised, version } = loaded
    expect(normalised.rowsRead).toBe(version.rowsStored + version.rowsRejected + normalised.rowsRejected)
    return loaded
  }
  const storedRows = async (loaded: LoadedFile): Promise<readonly unknown[][]> => {
    const rows: unknown[][] = []
    const ref = { files: loaded.version.files.map((file) => file.path), schema: loaded.version.schema }
    const columns = loaded.version.schema.map((field) => field.name)
    for await (const batch of harness.engine.query(ref, { columns })) rows.push(...batch.map((row) => [...row]))
    return rows
  }

  it('refuses an empty file', async () => {
    await expect(load('')).rejects.toMatchObject({ code: 'tabular/empty-file' })
  })

  it('refuses a zip that is called .csv', async () => {
    const zip = Uint8Array.from([0x50, 0x4b, 5, 6, ...Array.from({ length: 18 }, () => 0)])
    await expect(load(zip)).rejects.toMatchObject({ code: 'tabular/archive-file' })
  })

  it('makes an empty version of a header alone', async () => {
    const loaded = await load('编号,名称\r\n')
    expect(loaded.version).toMatchObject({ rowsStored: 0, rowsRejected: 0 })
    expect(loaded.version.schema.map(({ name, type }) => [name, type])).toEqual([['编号', 'text'], ['名称', 'text']])
  })

  it('stores what is sound of a file with ragged rows, NUL bytes and a quote gone astray', async () => {
    const loaded = await load('id,name\n1,a\n2\n3,b,c\n4,\0\n5,"x\ny"\n6,"oops\n')
    expect(await storedRows(loaded)).toEqual([[1, 'a'], [5, 'x\ny']])
    expect(loaded.rejects.map(({ line, reasonCode }) => [line, reasonCode])).toEqual([
      [3, 'too-few-fields'],
      [4, 'too-many-fields'],
      [5, 'nul-byte'],
      [8, 'unterminated-quote'],
    ])
  })

  it('rejects one broken record in the middle of GB18030', async () => {
    const line = [0xb1, 0xb1, 0xbe, 0xa9, 0xca, 0xd0, 0x2c, 0x31, 0x0a] // 北京市,1
    const bytes = [0xb5, 0xd8, 0xc7, 0xf8, 0x2c, 0x6e, 0x0a, ...line, ...line, 0xb1, 0xff, 0x2c, 0x32, 0x0a, ...line]
    const loaded = await load(Uint8Array.from(bytes))
    expect(loaded.detection.options).toMatchObject({ encoding: 'gb18030', names: ['地区', 'n'] })
    expect(loaded.rejects).toMatchObject([{ line: 4, reasonCode: 'undecodable' }])
    expect(await storedRows(loaded)).toEqual([['北京市', 1], ['北京市', 1], ['北京市', 1]])
  })

  it('keeps columns of one name apart, also when only case differs', async () => {
    const loaded = await load('name,Name,name\nx,y,z\n')
    expect(loaded.version.schema.map((field) => field.name)).toEqual(['name', 'Name_2', 'name_3'])
    expect(await storedRows(loaded)).toEqual([['x', 'y', 'z']])
  })

  it('rejects one huge line and keeps the others', async () => {
    const loaded = await load(`a,b\n1,x\n2,${'y'.repeat(17 * 1024 * 1024)}\n3,z\n`)
    expect(loaded.rejects).toMatchObject([{ line: 3, reasonCode: 'record-too-large' }])
    expect(await storedRows(loaded)).toEqual([[1, 'x'], [3, 'z']])
  })

  it('keeps a field of several megabytes', async () => {
    const loaded = await load(`a,b\n1,${'汉'.repeat(2_000_000)}\n2,z\n`)
    expect(loaded.version.rowsStored).toBe(2)
    expect(loaded.profile[1]!.length?.max).toBe(2_000_000)
  })

  it('loads 2,000 columns of mixed types', async () => {
    const width = 2000
    const header = Array.from({ length: width }, (_, i) => `c${i}`).join()
    const rows = Array.from({ length: 30 }, (_, r) => Array.from({ length: width }, (_, c) => (c % 3 === 0 ? r : c % 3 === 1 ? `${r}.5` : `t${r}`)).join())
    const loaded = await load(`${header}\n${rows.join('\n')}\n`)
    expect(loaded.version).toMatchObject({ rowsStored: 30, rowsRejected: 0 })
    expect(loaded.fields.slice(0, 3).map(({ type }) => type)).toEqual(['integer', 'decimal', 'text'])
    expect(loaded.profile.length).toBe(width)
  })

  it('keeps formulas and SQL as the texts that they are', async () => {
    const loaded = await load(`note,n\n"=cmd|' /C calc'!A0",1\n'); DROP TABLE x; --,2\n`)
    expect(await storedRows(loaded)).toEqual([["=cmd|' /C calc'!A0", 1], ["'); DROP TABLE x; --", 2]])
  })
})
