import type { MeasuringEngine } from '@datong/data-engine'
import { describe, expect, it } from 'vitest'
import type { EntryRecord } from '../../catalog/index.ts'
import type { QualityContext } from '../context.ts'
import type { RuleRow } from '../rules/rule-store.ts'
import { examine } from './examine.ts'
import type { Known } from './subject.ts'

const rule = (id: string, kind: string, field: string): RuleRow => ({
  id, entry_code: '301001-000001', kind, state: 'active', version: 1, revision: 0, created_at: new Date(0), turned: null, title: kind, title_typed: true, field, dimension: 'completeness', parameters: {}, severity: 'major',
  tolerance_share: 0, note: '', origin: 'written', fingerprint: id, changed_at: new Date(0), changed_by: { kind: 'system', id: 'x', name: 'x', organisation: null },
})

describe('rules held against a version', () => {
  it('do not fall silent together when the engine fails on one of them', async () => {
    const engine: Pick<MeasuringEngine, 'measure'> = {
      measure: async (_, measures) => {
        if (JSON.stringify(measures).includes('坏')) throw new Error('out of memory')
        return measures.map(() => ({ checked: 10, failed: 0, doubtful: 0, sample: [] }))
      },
    }
    const warned: unknown[] = []
    const context = {
      engine, log: { warn: (words: unknown) => void warned.push(words) }, clock: { now: () => new Date('2026-11-22T00:00:00Z') }, store: { before: async () => [] }, endpoints: { ofEntry: async () => [] },
      standards: { element: () => undefined, codeVersions: () => undefined },
    } as unknown as QualityContext // only what is asked for here
    const fields = ['好', '坏'].map((name) => ({ name, type: 'text' as const, nullable: true }))
    const known: Known = { data: { number: 1, files: [], fields, rowCount: 10, madeOn: '2026-11-22' } as unknown as Known['data'], profile: [], rowsRejected: 0, loadedAt: new Date(0) } // no more of a version is looked at
    const entry = { code: '301001-000001', title: '', summary: '', keywords: [], updateCycle: 'daily', contact: '', sharingType: null, openingType: null, fields: [] } as unknown as EntryRecord // likewise
    const found = await examine(context, entry, known, [rule('a', 'not-null', '好'), rule('b', 'not-null', '坏')])
    expect(found.map(({ outcome }) => [outcome.verdict, outcome.params])).toEqual([['passed', {}], ['unmeasured', { reason: 'engine-refused' }]])
    expect(warned).toHaveLength(2)
  })
})
