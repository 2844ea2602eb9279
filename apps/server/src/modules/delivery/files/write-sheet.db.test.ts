import { compileMask } from '@datong/anonymisation'
import type { DataEngine, FieldSchema, Reading, Row } from '@datong/data-engine'
import { createDuckDbEngine } from '@datong/data-engine-duckdb'
import fc from 'fast-check'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DeliveryPlan } from '../plan/plan.ts'
import { csvLine } from '../rows/csv.ts'
import { maskCell } from '../rows/read-rows.ts'
import { aPlan } from '../testing.ts'
import { writeJson, writeSheet } from './write-sheet.ts'

const READINGS: Readonly<Record<FieldSchema['type'], Reading>> = {
  text: 'text', integer: 'integer', decimal: 'decimal', boolean: 'boolean-true-false', date: 'date-ymd', datetime: 'datetime-ymd',
}

let engine: DataEngine
let folder: string
let count = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'datong-sheet-'))
  engine = await createDuckDbEngine({ allowedDirectories: [folder], temporaryDirectory: join(folder, 'tmp') })
})
afterAll(async () => {
  await engine.close()
  await rm(folder, { recursive: true, force: true })
})

/** A plan over a version with these rows; `null` is a missing value. */
async function planOf(plan: DeliveryPlan, rows: readonly (readonly (string | null)[])[]): Promise<DeliveryPlan> {
  const name = `v${++count}`
  const cell = (text: string | null): string => (text === null ? '' : `"${text.replaceAll('"', '""')}"`)
  const text = rows.map((row, index) => `${index + 2},${row.map(cell).join(',')}\n`).join('')
  const path = join(folder, `${name}.csv`)
  await writeFile(path, text)
  const staged = await engine.stage({ path, names: plan.schema.map((field) => field.name), rows: rows.length, maxRecordBytes: 100_000, innerLineBreaks: true, firstLine: null })
  const written = await engine.writeVersion(staged, plan.schema.map((field) => ({ ...field, reading: READINGS[field.type] })), {
    directory: join(folder, name),
    reject: ([first]) => {
      throw new Error(first?.detail)
    },
  })
  return { ...plan, schema: written.schema, files: written.files.map((file) => file.path), rowCount: rows.length }
}

/** The file as plain code makes it: every row read, masked and written by itself. */
async function plainly(plan: DeliveryPlan): Promise<string> {
  const fields = [...plan.fields.values()]
  const lines = [`\uFEFF${csvLine(fields.map(({ name }) => name))}`]
  const read = { columns: fields.map(({ name }) => name), filters: plan.rowFilter }
  for await (const rows of engine.query({ files: plan.files, schema: plan.schema }, read)) {
    for (const cells of rows as readonly Row[]) lines.push(csvLine(fields.map((field, index) => maskCell(field, cells[index] ?? null))))
  }
  return lines.join('')
}

async function sheetOf(plan: DeliveryPlan): Promise<{ text: string; rows: number }> {
  const path = join(folder, `${++count}.sheet`)
  const { rows, sha256 } = await writeSheet(engine, plan, path, () => undefined)
  const bytes = await readFile(path)
  expect(sha256).toBe(createHash('sha256').update(bytes).digest('base64url'))
  return { text: bytes.toString(), rows }
}

/** The same as JSON, by plain code. */
async function plainJson(plan: DeliveryPlan): Promise<string> {
  const fields = [...plan.fields.values()]
  const lines: string[] = []
  const read = { columns: fields.map(({ name }) => name), filters: plan.rowFilter }
  for await (const rows of engine.query({ files: plan.files, schema: plan.schema }, read)) {
    for (const cells of rows as readonly Row[]) lines.push(JSON.stringify(Object.fromEntries(fields.map((field, index) => [field.name, maskCell(field, cells[index] ?? null)]))))
  }
  return lines.length === 0 ? '[\n]\n' : `[\n${lines.join(',\n')}\n]\n`
}

async function jsonOf(plan: DeliveryPlan): Promise<{ text: string; rows: number }> {
  const path = join(folder, `${++count}.json`)
  const { rows, sha256 } = await writeJson(engine, plan, path, () => undefined)
  const bytes = await readFile(path)
  expect(sha256).toBe(createHash('sha256').update(bytes).digest('base64url'))
  return { text: bytes.toString(), rows }
}

const masking = (method: string, type: FieldSchema['type'] = 'text') => compileMask({ method }, type, {})!

const NASTY = ['=1+1', '+86 138', '-', '-5', '－5', ' =x', '\u3000@a', '\u200b=1', '\tx', 'a,b', '"', '""', 'a"b', 'a\r\nb', '\nx', '-1e5', '-1e5x', '＝甲', '', ' ', '王伟', '欧阳娜娜', '\u0001', 'x\u0001y', '---- ', '-----', '@', '😀=']

describe('a sheet', () => {
  it('is byte for byte what plain code writes, whatever the texts, with masks and without', async () => {
    const text = fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 12 }), fc.string({ maxLength: 30 })).map((one) => one.replaceAll('\u0000', '').toWellFormed())
    const rows = fc.array(fc.tuple(fc.option(text), fc.option(text), fc.option(text)), { minLength: 1, maxLength: 60 })
    await fc.assert(fc.asyncProperty(rows, fc.boolean(), async (made, isMasked) => {
      const plan = await planOf(aPlan({ '=名称': 'text', '联,系"人': 'text', 备注: 'text' }, isMasked ? { '联,系"人': masking('name') } : {}), made)
      expect(await sheetOf(plan)).toEqual({ text: await plainly(plan), rows: made.length })
    }), { numRuns: 40 })
  })

  it('has numbers, dates, times and truths as rows have them, also where they are masked', async () => {
    const fields = { 数: 'integer', 金额: 'decimal', 日: 'date', 时: 'datetime', 是: 'boolean' } as const
    const rows = [['1', '1.50', '2020-02-29', '2020-02-29 08:30:00', 'true'], ['-7', '-0.10', '1999-12-31', '1999-12-31 23:59:59', 'false'], [null, null, null, null, null], ['0', '100.00', '2026-01-01', '2026-01-01 00:00:00', 'true']]
    for (const masks of [{}, { 数: masking('redact', 'integer'), 日: masking('redact', 'date') }]) {
      const plan = await planOf(aPlan(fields, masks), rows)
      expect((await sheetOf(plan)).text).toBe(await plainly(plan))
    }
  })

  it('is whole however its records lie across the pieces in which it is read', async () => {
    const rows = Array.from({ length: 60_000 }, (_, row) => [`企业${row}`.repeat((row % 5) + 1), row % 11 === 0 ? null : NASTY[row % NASTY.length]!, row % 3 === 0 ? '欧阳娜娜' : `张伟${row}`])
    const plan = await planOf(aPlan({ 名称: 'text', 备注: 'text', 联系人: 'text' }, { 联系人: masking('name') }), rows)
    const { text, rows: counted } = await sheetOf(plan)
    expect(counted).toBe(rows.length)
    expect(text === await plainly(plan)).toBe(true)
  })

  it('holds only the rows of the grant\'s own restriction', async () => {
    const plan = await planOf(aPlan({ 名称: 'text', 数: 'integer' }, {}, { rowFilter: [{ field: '数', op: 'lt', value: 2 }] }), [['a', '1'], ['b', '2'], ['c', '0']])
    expect((await sheetOf(plan)).text).toBe('\uFEFF名称,数\r\na,1\r\nc,0\r\n')
  })
})

describe('a JSON file', () => {
  it('is byte for byte what plain code writes, whatever the texts, with masks and without', async () => {
    const text = fc.oneof(fc.constantFrom(...NASTY, '\\', '\\"', 'a\\b', '\u007f\u2028'), fc.string({ unit: 'binary', maxLength: 12 }), fc.string({ maxLength: 30 })).map((one) => one.replaceAll('\u0000', '').toWellFormed())
    const rows = fc.array(fc.tuple(fc.option(text), fc.option(text), fc.option(text)), { minLength: 1, maxLength: 60 })
    await fc.assert(fc.asyncProperty(rows, fc.boolean(), async (made, isMasked) => {
      const plan = await planOf(aPlan({ '=名\\称': 'text', '联,系"人': 'text', 备注: 'text' }, isMasked ? { '联,系"人': masking('name') } : {}), made)
      expect(await jsonOf(plan)).toEqual({ text: await plainJson(plan), rows: made.length })
    }), { numRuns: 40 })
  })

  it('has numbers and truths as such, dates and times as texts, and nothing as null', async () => {
    const fields = { 数: 'integer', 金额: 'decimal', 日: 'date', 时: 'datetime', 是: 'boolean' } as const
    const rows = [['1', '1.50', '2020-02-29', '2020-02-29 08:30:00', 'true'], ['-7', '-0.10', '1999-12-31', '1999-12-31 23:59:59', 'false'], [null, null, null, null, null], ['0', '100.00', '2026-01-01', '2026-01-01 00:00:00', 'true']]
    for (const masks of [{}, { 数: masking('redact', 'integer'), 日: masking('redact', 'date') }]) {
      const plan = await planOf(aPlan(fields, masks), rows)
      expect((await jsonOf(plan)).text).toBe(await plainJson(plan))
    }
  })

  it('is whole however its records lie across the pieces in which it is read, and an empty one is an empty list', async () => {
    const rows = Array.from({ length: 60_000 }, (_, row) => [`企业${row}`.repeat((row % 5) + 1), row % 11 === 0 ? null : NASTY[row % NASTY.length]!, row % 3 === 0 ? '欧阳娜娜' : `张伟${row}`])
    const plan = await planOf(aPlan({ 名称: 'text', 备注: 'text', 联系人: 'text' }, { 联系人: masking('name') }), rows)
    const { text, rows: counted } = await jsonOf(plan)
    expect(counted).toBe(rows.length)
    expect(text === await plainJson(plan)).toBe(true)
    expect((await jsonOf({ ...plan, rowFilter: [{ field: '名称', op: 'eq', value: '没有' }] })).text).toBe('[\n]\n')
  })
})
