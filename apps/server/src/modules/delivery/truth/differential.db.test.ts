import type { Field } from '@datong/contracts'
import type { FieldSchema } from '@datong/data-engine'
import { createDuckDbEngine } from '@datong/data-engine-duckdb'
import { fixedClock, systemClock, systemRandom, uuidv7 } from '@datong/kernel'
import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import fc from 'fast-check'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHttpServer, createLog, createMetrics, type HttpServer } from '../../../http/index.ts'
import { PUBLIC_CALLER } from '../../../platform/caller.ts'
import { createCursorCodec } from '../../../platform/cursor.ts'
import { aSystem, plainOrganisations, recordingEvents } from '../../../platform/testing.ts'
import type { EntryRecord } from '../../catalog/index.ts'
import { anEntryRecord } from '../../catalog/testing.ts'
import { evidenceMigrations } from '../../evidence/index.ts'
import { evidenceFor } from '../../evidence/testing.ts'
import type { GrantRecord } from '../../sharing/index.ts'
import type { LakeVersion } from '../deps.ts'
import { createDelivery, createMisses, createQuotas, type Delivery, deliveryMigrations } from '../index.ts'
import { plainForms } from '../testing.ts'
import { answerOf, type Cell, type Column, type Condition, csvOf, type Given, isAllowed, type Op, type Question } from './reference.ts'

/** Grants drawn; each is asked `QUESTIONS` questions on each way of reading. */
const GRANTS = 250
const QUESTIONS = 4

const COLUMNS: readonly Column[] = [
  { name: '编号', type: 'text' }, { name: '名称', type: 'text' }, { name: '数量', type: 'integer' }, { name: '金额', type: 'decimal' },
  { name: '日期', type: 'date' }, { name: '时间', type: 'datetime' }, { name: '有效', type: 'boolean' },
]
const READINGS = ['text', 'text', 'integer', 'decimal', 'date-ymd', 'datetime-ymd', 'boolean-true-false'] as const
const SCHEMA: readonly FieldSchema[] = COLUMNS.map(({ name, type }, index) => ({
  name, type, nullable: index > 0, ...(type === 'decimal' ? { precision: 12, scale: 2 } : {}),
}))
const NAMES = ['张伟', '欧阳娜娜', '=cmd|calc', '李四"五', '王\t六', '100%', 'a_b', 'A_B', '𠮷野家', '｡｡', '赵\n钱', '-无-', "O'Neil", 'ﬀ', '张 伟']

/** Rows with ties, gaps and texts that trouble quoting, patterns and orders. */
const ROWS: readonly (readonly Cell[])[] = Array.from({ length: 120 }, (_, row) => [
  `K${String(row).padStart(4, '0')}`,
  row % 9 === 4 ? null : NAMES[(row * 7) % NAMES.length]!,
  row % 5 === 3 ? null : ((row * 37) % 23) - 11,
  row % 6 === 5 ? null : (((row * 31) % 17) - 8 + (row % 4) * 0.25).toFixed(2),
  row % 8 === 7 ? null : `202${row % 4}-0${(row % 3) + 1}-${String((row % 28) + 1).padStart(2, '0')}`,
  row % 10 === 9 ? null : `2026-01-0${(row % 6) + 1}T0${row % 10}:30:${String(row % 60).padStart(2, '0')}`,
  row % 7 === 6 ? null : row % 3 === 0,
])

/** Masks made for the test: what matters here is where they are applied. */
const SHOWN: Readonly<Record<string, (cell: Cell) => Cell>> = {
  redact: (cell) => (cell === null ? null : '***'),
  first: (cell) => (cell === null ? null : `${[...String(cell)][0] ?? ''}*`),
}

const valueIn = (column: number): fc.Arbitrary<string> => {
  const stored = ROWS.flatMap((row) => (row[column] === null ? [] : [String(row[column])]))
  const near: Record<Column['type'], string[]> = {
    text: ['', '张', 'zzz', '𠮷'], integer: ['0', '-3', '999999'], decimal: ['0.001', '1.0050', '-2'], date: ['2022-02-29', '1999-12-31'].slice(1),
    datetime: ['2026-01-03T00:00:00'], boolean: ['true', 'false'],
  }
  return fc.constantFrom(...new Set([...stored, ...near[COLUMNS[column]!.type]]))
}

const aCondition: fc.Arbitrary<Condition> = fc.nat(COLUMNS.length - 1).chain((column) => {
  const { name: field, type } = COLUMNS[column]!
  const ops: Op[] = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'in', ...(type === 'text' ? ['like' as const, 'like' as const] : [])]
  const pattern = fc.array(fc.constantFrom('%', '_', '张', 'a', 'A', '\\%', '\\_', 'K00', '1', '𠮷', '=', '\n'), { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''))
  return fc.constantFrom(...ops).chain((op) => fc.record({
    field: fc.constant(field), op: fc.constant(op),
    values: op === 'like' ? fc.tuple(pattern) : op === 'in' ? fc.array(valueIn(column), { minLength: 1, maxLength: 4 }) : fc.tuple(valueIn(column)),
  }))
})

const names = COLUMNS.map(({ name }) => name)
const aQuestion: fc.Arbitrary<Question> = fc.record({
  select: fc.option(fc.subarray(names, { minLength: 1 }).chain((chosen) => fc.shuffledSubarray(chosen, { minLength: chosen.length }))),
  conditions: fc.array(aCondition, { maxLength: 3 }),
  sort: fc.array(fc.record({ field: fc.constantFrom(...names), descending: fc.boolean() }), { maxLength: 2 }),
})
const aGrant = fc.record({
  fields: fc.subarray(names, { minLength: 3 }), filter: fc.array(aCondition, { maxLength: 2 }),
  masks: fc.dictionary(fc.constantFrom(...names), fc.constantFrom('redact', 'first'), { maxKeys: 3 }),
  stricter: fc.dictionary(fc.constantFrom(...names), fc.constantFrom('redact', 'first'), { maxKeys: 1 }),
})

describe('every answer of the row interface is what plain code says', () => {
  const tableCode = '301001-000001'
  const lakeCode = '301001-000002'
  const clock = fixedClock('2026-11-20T02:00:00Z')
  const grants = new Map<string, GrantRecord>()
  const entries = new Map<string, EntryRecord>()
  let database: TestDatabase
  let folder: string
  let delivery: Delivery
  let http: HttpServer
  const evidence = { stop: async (): Promise<void> => undefined }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'datong-truth-'))
    database = await createTestDatabase([...evidenceMigrations, ...deliveryMigrations])
    const engine = await createDuckDbEngine({ allowedDirectories: [folder], temporaryDirectory: join(folder, 'tmp') })
    const version: LakeVersion = { number: 1, files: await store(engine, folder), fields: SCHEMA, rowCount: ROWS.length }
    const events = recordingEvents()
    const records = evidenceFor(database.store)
    evidence.stop = async () => records.stop?.()
    entries.set(tableCode, anEntry(tableCode, {})).set(lakeCode, anEntry(lakeCode, {}))
    delivery = createDelivery({
      store: database.store, evidence: records, events, engine, clock, organisations: plainOrganisations, cursors: createCursorCodec(new Uint8Array(32)),
      catalog: { find: async (code) => entries.get(code), findMany: async () => [], codesOf: async () => [], isVisible: () => true, owns: () => false },
      sharing: {
        grantsOf: async (appId, code) => [...grants.values()].filter((grant) => grant.app_id === appId && grant.entry_code === code),
        grantsOfOrganisation: async () => [], grantIdsOfApplicant: async () => [], findGrant: async (id) => grants.get(id), findGrants: async () => grants, grantedCodes: async () => [],
      },
      // The second entry's rows are in the lake alone: its version never gets a serving table.
      lake: { current: async () => version, version: async () => version },
      maskOf: (method) => SHOWN[method] ?? null,
      quotas: createQuotas({ clock: systemClock }), misses: createMisses({ clock, limits: { perIdentifierAndDay: 1_000_000, perGrantAndHour: 1_000_000 } }), publicQuota: { perSecond: 1, perDay: 1 },
      workFolder: join(folder, 'downloads'), linkFolder: join(folder, 'links'), ...plainForms(database.store), log: { info: () => undefined, warn: () => undefined },
    })
    await delivery.start?.()
    await events.publish(undefined as never, 'catalog.entry-published', { entryCode: tableCode }) // the recording bus has no transaction
    await events.deliver()
    http = await createHttpServer({
      routes: delivery.routes, plainRoutes: [], probes: {}, metrics: createMetrics(), log: createLog('silent'), clock: systemClock, random: systemRandom,
      version: 'test', webRoot: null, checkAnswers: true, maxEventLoopDelayMs: 0,
      authenticate: async ({ headers: { authorization } }) => ({ caller: authorization === undefined ? PUBLIC_CALLER : aSystem(authorization, 'C1'), csrfToken: null }),
    })
  })
  afterAll(async () => {
    await http.close()
    await delivery.stop?.()
    await evidence.stop()
    await database.drop()
    await rm(folder, { recursive: true, force: true })
  })

  const ask = (code: string, appId: string, { select, conditions, sort }: Question, limit: number, cursor: string | null, accept = 'application/json') => {
    const search = new URLSearchParams(conditions.map(({ field, op, values }) => [op === 'eq' ? field : `${field}.${op}`, values.join(',')]))
    if (select !== null) search.set('select', select.join(','))
    if (sort.length > 0) search.set('sort', sort.map(({ field, descending }) => `${descending ? '-' : ''}${field}`).join(','))
    search.set('limit', String(limit))
    if (cursor !== null) search.set('cursor', cursor)
    return http.app.inject({ method: 'GET', url: `/data/v1/${code}/rows?${search}`, headers: { authorization: appId, accept } })
  }

  it.each([['the serving table and the engine', tableCode], ['the lake alone', lakeCode]])('read from %s', async (_, code) => {
    const seen = { allowed: 0, refused: 0, rows: 0 }
    await fc.assert(fc.asyncProperty(aGrant, fc.array(fc.tuple(aQuestion, fc.integer({ min: 1, max: 60 })), { minLength: QUESTIONS, maxLength: QUESTIONS }), async ({ fields, filter, masks, stricter }, questions) => {
      entries.set(code, anEntry(code, masks))
      const appId = uuidv7(systemClock, systemRandom)
      const grant = { ...A_GRANT, id: uuidv7(systemClock, systemRandom), app_id: appId, entry_code: code, fields, masking: stricter, filter: filter.map(asGranted) }
      grants.set(grant.id, grant)
      const shown = Object.fromEntries(Object.entries({ ...masks, ...stricter }).map(([name, method]) => [name, SHOWN[method]!]))
      const given: Given = { columns: COLUMNS, rows: ROWS, fields, filter, shown, identifier: '编号' }
      for (const [question, limit] of questions) {
        if (!isAllowed(given, question)) {
          seen.refused++
          expect((await ask(code, appId, question, limit, null)).json()).toMatchObject({ status: 422, code: 'delivery/invalid-query' })
          continue
        }
        const expected = answerOf(given, question)
        seen.allowed++
        seen.rows += expected.length
        let cursor: string | null = null
        for (let at = 0; at === 0 || cursor !== null; at += limit) {
          const answer = await ask(code, appId, question, limit, cursor)
          cursor = answer.statusCode === 200 ? answer.json<{ nextCursor: string | null }>().nextCursor : null
          expect(answer.body).toBe(JSON.stringify({ items: expected.slice(at, at + limit), nextCursor: cursor, version: 1 }))
          expect(cursor === null).toBe(at + limit >= expected.length)
        }
        const head = expected.slice(0, limit)
        const shownNames = question.select ?? names.filter((name) => fields.includes(name))
        expect((await ask(code, appId, question, limit, null, 'text/csv')).body).toBe(csvOf(shownNames, head))
        expect((await ask(code, appId, question, limit, null, 'application/x-ndjson')).body).toBe(head.map((item) => `${JSON.stringify(item)}\n`).join(''))
      }
      grants.delete(grant.id)
    }), { numRuns: GRANTS, endOnFailure: true })
    // The questions must not be all empty or all refused, or nothing was tried.
    expect(seen.allowed).toBeGreaterThan(GRANTS / 4)
    expect(seen.refused).toBeGreaterThan(GRANTS / 4)
    expect(seen.rows).toBeGreaterThan(10 * GRANTS)
  }, 300_000)
})

/** A condition as a grant keeps it: numbers and truth values as JSON has them. */
function asGranted({ field, op, values }: Condition): GrantRecord['filter'][number] {
  const { type } = COLUMNS.find(({ name }) => name === field)!
  const plain = values.map((value) => (type === 'integer' ? Number(value) : value))
  return { field, op, value: op === 'in' ? plain : type === 'boolean' ? values[0] === 'true' : plain[0]! }
}

const A_GRANT: GrantRecord = {
  id: '', number: 'G-2026-0001', application_id: '', entry_code: '', entry_title: '', provider_organisation: 'P1', consumer_organisation: 'C1', applicant_id: '',
  app_id: '', purpose: '', fields: [], masking: {}, filter: [], version_rule: { kind: 'current' }, revoked_for: null, quota_per_second: 100_000, quota_per_day: 100_000_000, until: '2027-01-01', state: 'active',
  created_at: new Date('2026-01-01T00:00:00Z'), co_owners: [], replaced_by: null, ended_at: null, evaluated_at: null, gives: 'rows', quota_total: null,
}

function anEntry(code: string, masks: Readonly<Record<string, string>>): EntryRecord {
  const at = new Date('2026-01-01T00:00:00Z')
  const fields = COLUMNS.map(({ name, type }, index): Field => ({
    name, type, description: '', precision: null, scale: null, maxLength: null, unit: null, element: null, codeList: null, elementSuggestion: null, grade: 'internal', suggestion: null, masking: masks[name] ?? null, identifier: index === 0,
  }))
  return anEntryRecord({
    code, organisation: 'P1', title: '对照', state: 'published', sharingType: 'conditional', openingType: 'closed', fields, version: 1, rowCount: ROWS.length,
    createdAt: at, changedAt: at, publishedAt: at, dataUpdatedAt: at,
  })
}

async function store(engine: Awaited<ReturnType<typeof createDuckDbEngine>>, folder: string): Promise<string[]> {
  const path = join(folder, 'rows.csv')
  const quoted = (cell: Cell): string => (cell === null ? '' : `"${String(cell).replaceAll('"', '""')}"`)
  await writeFile(path, ROWS.map((row, index) => `${[index + 2, ...row.map(quoted)].join(',')}\n`).join(''))
  const staged = await engine.stage({ path, names: COLUMNS.map(({ name }) => name), rows: ROWS.length, maxRecordBytes: 400, innerLineBreaks: true, firstLine: 2 })
  const written = await engine.writeVersion(staged, SCHEMA.map((field, index) => ({ ...field, reading: READINGS[index]! })), {
    directory: join(folder, 'v1'), reject: ([first]) => {
      throw new Error(`line ${first?.line}: ${first?.detail}`)
    },
  })
  return written.files.map((file) => file.path)
}
