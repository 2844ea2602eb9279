import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EngineHarness } from '@datong/data-engine/contract-suite'
import { duckDbHarness } from './testing/harness.ts'
import { loadFile, type LoadedFile } from './testing/load-file.ts'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../../..')
const shared = join(process.env['DATONG_SHARED'] ?? join(root, '../shared'), 'data/open')
const absent = existsSync(shared) ? false : 'no real files; set DATONG_SHARED to the folder that holds data/open'

describe.skipIf(absent !== false)(`real government files load by themselves${absent ? ` (skipped: ${absent})` : ''}`, () => {
  let harness: EngineHarness
  beforeAll(async () => {
    harness = await duckDbHarness()
  })
  afterAll(async () => {
    await harness.engine.close()
    await harness.dispose()
  })

  const load = async (name: string): Promise<LoadedFile> => {
    const loaded = await loadFile(harness.engine, join(shared, name), join(harness.directory, name))
    const { normalised, version } = loaded
    expect(normalised.rowsRead).toBe(normalised.rowsWritten + normalised.rowsRejected)
    expect(normalised.rowsWritten).toBe(version.rowsStored + version.rowsRejected)
    expect(loaded.rejects.length).toBe(normalised.rowsRejected + version.rowsRejected)
    expect(loaded.profile.every((field) => field.rows === version.rowsStored)).toBe(true)
    return loaded
  }
  const readingsOf = (loaded: LoadedFile): Record<string, string> =>
    Object.fromEntries(loaded.fields.map((field) => [field.name, field.reading]))

  it.each([
    ['cn_gb2260_200212.tsv', 3510],
    ['cn_gb2260_201810.tsv', 3659],
  ])('%s: tabs, division codes as text', async (name, rows) => {
    const loaded = await load(name)
    expect(loaded.detection.options).toMatchObject({ delimiter: '\t', encoding: 'utf-8', headerRows: 1 })
    expect(loaded.version).toMatchObject({ rowsStored: rows, rowsRejected: 0 })
    expect(readingsOf(loaded)).toEqual({ Source: 'text', Revision: 'integer', Code: 'text', Name: 'text' })
  })

  it('cn_gbt4754_2017_industry.csv: codes of letters and digits stay text', async () => {
    const loaded = await load('cn_gbt4754_2017_industry.csv')
    expect(loaded.version).toMatchObject({ rowsStored: 1970, rowsRejected: 0 })
    expect(readingsOf(loaded)).toMatchObject({ id: 'integer', parent_id: 'integer', code: 'text', name: 'text' })
  })

  it('cn_nbs_export_by_category.csv: 121 columns, the first without a name', async () => {
    const loaded = await load('cn_nbs_export_by_category.csv')
    expect(loaded.version.rowsStored).toBe(37)
    expect(loaded.fields.length).toBe(121)
    expect(loaded.fields[0]).toMatchObject({ name: '列1', type: 'text' })
    expect(loaded.fields[1]).toMatchObject({ type: 'decimal', nullable: true })
  })

  it('cn_streets_nbs.csv: every row, codes as text', async () => {
    const loaded = await load('cn_streets_nbs.csv')
    expect(loaded.version).toMatchObject({ rowsStored: 41352, rowsRejected: 0 })
    expect(readingsOf(loaded)).toMatchObject({ code: 'text', areaCode: 'text' })
    expect(loaded.profile.find((field) => field.name === 'code')?.identifierCandidate).toBe(true)
  })

  it('tw_realestate_filter_big5.csv: Big5, ROC dates', async () => {
    const loaded = await load('tw_realestate_filter_big5.csv')
    expect(loaded.detection.options).toMatchObject({ encoding: 'big5', headerRows: 1 })
    expect(loaded.version).toMatchObject({ rowsStored: 939, rowsRejected: 0 })
    expect(readingsOf(loaded)).toMatchObject({ 交易年月日: 'date-roc-compact', 建築完成年月: 'date-roc-compact', 移轉層次: 'text' })
    expect(loaded.profile.find((field) => field.name === '交易年月日')).toMatchObject({ type: 'date', max: '2020-01-02' })
  })

  it('tw_realestate_taipei_utf8bom.csv: byte order mark, second header row in English, one date that is none', async () => {
    const loaded = await load('tw_realestate_taipei_utf8bom.csv')
    expect(loaded.detection.options).toMatchObject({ encoding: 'utf-8', headerRows: 2 })
    expect(loaded.detection.options.names[0]).toBe('鄉鎮市區')
    expect(loaded.detection.alternateNames?.[0]).toBe('The villages and towns urban district')
    expect(loaded.normalised.rowsRead).toBe(8841)
    expect(loaded.version).toMatchObject({ rowsStored: 8840, rowsRejected: 1 })
    expect(loaded.rejects).toMatchObject([{ field: '建築完成年月', reasonCode: 'value-does-not-fit' }])
    expect(readingsOf(loaded)).toMatchObject({ 交易年月日: 'date-roc-compact', 總價元: 'integer', 有無管理組織: 'text' })
  })

  it('tw_taoyuan_opendata_inventory.xls: binary workbook with line breaks in cells', async () => {
    const loaded = await load('tw_taoyuan_opendata_inventory.xls')
    expect(loaded.detection.options).toMatchObject({ format: 'sheet', headerRows: 1 })
    expect(loaded.fields.length).toBe(29)
    expect(loaded.normalised.rowsRead).toBe(1429)
    expect(loaded.version).toMatchObject({ rowsStored: 1422, rowsRejected: 7 })
    expect(readingsOf(loaded)).toMatchObject({ 編號: 'integer', 最後更新時間: 'datetime-ymd', '收錄期間(起)': 'date-ymd' })
  })

  it('us_dotgov_current_full.csv: placeholders in text are text', async () => {
    const loaded = await load('us_dotgov_current_full.csv')
    expect(loaded.version).toMatchObject({ rowsStored: 16539, rowsRejected: 0 })
    expect(loaded.profile.at(-1)?.frequent[0]).toMatchObject({ value: '(blank)' })
  })

  it('us_nyc_class_size.csv: header trimmed, numbers with blanks', async () => {
    const loaded = await load('us_nyc_class_size.csv')
    expect(loaded.version).toMatchObject({ rowsStored: 27611, rowsRejected: 0 })
    expect(readingsOf(loaded)).toMatchObject({ GRADE: 'text', 'AVERAGE CLASS SIZE': 'decimal', 'NUMBER OF SECTIONS': 'integer' })
  })
})
