import type { CellTrace } from '@datong/contracts'
import type { Value } from '@datong/data-engine'
import { AppError } from '@datong/kernel'
import { describe, expect, it } from 'vitest'
import type { Caller } from '../../../platform/caller.ts'
import { anOfficer, plainOrganisations } from '../../../platform/testing.ts'
import { anEntryRecord } from '../../catalog/testing.ts'
import type { LakeVersion, VersionOrigin } from '../../collection/index.ts'
import type { TicketsContext } from '../context.ts'
import { type CellAt, traceCell } from './trace-cell.ts'

const CODE = '301001-000001'
const provider = anOfficer('停车', 'P1', 'provider')
const steward = anOfficer('数据局', null, 'steward')
const FILE = { kind: 'file', name: '停车场.csv', sha256: 'ab'.repeat(32) } as const

/** Rows by version; the third is of merged rows: 西站 has another value since, 东站 has not, though it stands elsewhere. */
const ROWS: Readonly<Record<number, readonly (readonly [string, number])[]>> = {
  1: [['东站', 120], ['西站', 80]], 2: [['东站', 120], ['西站', 80]], 3: [['西站', 90], ['东站', 120]],
}
const LINEAGE: Readonly<Record<number, VersionOrigin['lineage']>> = {
  1: { inputs: [FILE], steps: [], fields: [{ field: '泊位数', from: [{ input: 0, field: '车位' }], how: 'changed' }] },
  2: { inputs: [FILE], steps: [], fields: [] },
  3: {
    inputs: [{ kind: 'version', entryCode: CODE, version: 2 }, { kind: 'source', id: 's', title: '车场库', object: 'lot' }], fields: [],
    steps: [{ kind: 'merge', id: 'm', version: 1, title: '停车场名称' }],
  },
}

const versionOf = (number: number): LakeVersion | undefined => (ROWS[number] === undefined ? undefined : {
  number, files: [String(number)], rowCount: 2, madeOn: '2026-11-20', fields: [{ name: '停车场名称', type: 'text', nullable: false }, { name: '泊位数', type: 'integer', nullable: true }],
})

const engine: TicketsContext['engine'] = {
  query: async function* ({ files: [file] }, { columns, filters = [] }) {
    const rows = ROWS[Number(file)]!.map(([name, spaces], row) => new Map<string, Value>([['_row', row], ['停车场名称', name], ['泊位数', spaces]]))
    yield rows.filter((row) => filters.every((filter) => 'value' in filter && row.get(filter.field) === filter.value)).map((row) => columns.map((name) => row.get(name) ?? null))
  },
  sourceLines: async (_, rows) => rows.map((row) => row + 5),
  count: async () => 0,
}

/** What a trace looks at; the third version is the current one. */
const context = {
  evidence: { record: async () => '', recordAccess: async () => '' },
  organisations: plainOrganisations,
  catalog: {
    requireVisible: async () => anEntryRecord({ code: CODE }),
    requireOwned: async (_: string, caller: Caller) => {
      if (caller.organisation !== 'P1') throw new AppError('request/not-found')
      return anEntryRecord({ code: CODE })
    },
  },
  collection: {
    lake: { current: async () => versionOf(3), version: async (_: string, number: number) => versionOf(number) },
    originOf: async (_: string, number: number) => ({
      loadId: `load ${number}`, fileName: '停车场.csv', sha256: FILE.sha256, loadedAt: new Date('2026-11-20T00:00:00Z'), loadedBy: provider.actor, madeAt: new Date('2026-11-20T00:01:00Z'), lineage: LINEAGE[number],
    }),
  },
  engine,
  duties: { of: async () => ({ organisation: 'P1', account_id: 'a', name: '张三', since: new Date() }) },
  tickets: { goingOf: async () => [{ id: 't', number: 'Q-1', title: '不为空', state: 'open', field: '泊位数' }, { id: 'u', number: 'Q-2', title: '唯一', state: 'open', field: '停车场名称' }] },
} as unknown as TicketsContext // a trace uses nothing else

const trace = (at: Partial<CellAt> & { version?: number | undefined }, caller = provider): Promise<CellTrace> =>
  traceCell(context, CODE, { field: '泊位数', row: undefined, by: undefined, is: undefined, version: undefined, ...at }, caller, caller === steward)

describe('the trace of a cell', () => {
  it('leads to the load, the file and its line, the department, the officer on duty and the tickets on the field', async () => {
    expect(await trace({ row: 2, version: 2 })).toMatchObject({
      value: '80', line: 6, row: 2, since: null, load: { id: 'load 2', file: '停车场.csv', by: '停车' }, version: { number: 2, current: false }, department: { code: 'P1' },
      duty: { name: '张三' }, how: 'same', origins: [{ input: 0, field: '泊位数' }], inputs: [{ kind: 'file', title: '停车场.csv' }], tickets: [{ number: 'Q-1' }],
    })
    expect(await trace({ row: 2, version: 1 })).toMatchObject({ how: 'changed', origins: [{ input: 0, field: '车位' }] })
  })

  it('goes back through merged versions to the one from which the cell came along unchanged', async () => {
    expect(await trace({ row: 2 })).toMatchObject({ value: '120', version: { number: 3, current: true }, since: { version: 2, row: 1 }, line: 5, load: { id: 'load 2' }, steps: [] })
    expect(await trace({ row: 1 })).toMatchObject({
      value: '90', since: null, line: null, steps: [{ kind: 'merge' }], inputs: [{ kind: 'version' }, { kind: 'source', title: '车场库' }], origins: [{ input: 1, field: '泊位数' }],
    })
  })

  it('finds a row by the value of a field, for the owner alone', async () => {
    expect(await trace({ by: '停车场名称', is: '西站', version: 2 })).toMatchObject({ row: 2, value: '80' })
    await expect(trace({ by: '停车场名称', is: '南站' })).rejects.toMatchObject({ code: 'request/not-found' })
    await expect(trace({ by: '泊位数', is: '很多' })).rejects.toMatchObject({ code: 'request/not-found' })
    await expect(trace({ by: '停车场名称', is: '西站' }, steward)).rejects.toMatchObject({ code: 'access/forbidden' })
    await expect(trace({})).rejects.toMatchObject({ issues: [{ pointer: '/row' }] })
  })

  it('tells the value to the owner alone, and other departments nothing', async () => {
    expect(await trace({ row: 2, version: 2 }, steward)).toMatchObject({ value: null, line: 6 })
    await expect(trace({ row: 2 }, anOfficer('税务', 'P2', 'provider'))).rejects.toMatchObject({ code: 'request/not-found' })
    for (const at of [{ row: 2, field: '没有' }, { row: 99 }, { row: 1, version: 9 }]) await expect(trace(at)).rejects.toMatchObject({ code: 'request/not-found' })
  })
})
