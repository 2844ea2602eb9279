import { describeDataEngine } from '@datong/data-engine/contract-suite'
import { describeDerivation } from '@datong/data-engine/derive-suite'
import { describeMeasures } from '@datong/data-engine/measure-suite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EngineHarness } from '@datong/data-engine/contract-suite'
import { duckDbHarness } from './testing/harness.ts'

describeDataEngine('duckdb', duckDbHarness)
describeMeasures('duckdb', duckDbHarness)
describeDerivation('duckdb', duckDbHarness)

describe('the locks of DuckDB', () => {
  let harness: EngineHarness
  beforeAll(async () => {
    harness = await duckDbHarness()
  })
  afterAll(async () => {
    await harness.engine.close()
    await harness.dispose()
  })

  it('reads and writes nothing outside its folders', async () => {
    const outside = { files: ['/etc/passwd'], schema: [{ name: 'a', type: 'text', nullable: true } as const] }
    await expect(harness.engine.count(outside)).rejects.toMatchObject({ code: 'data-engine/failed' })
    const table = { path: '/etc/hostname', names: ['a'], rows: 1, maxRecordBytes: 100, innerLineBreaks: false, firstLine: 1 }
    await expect(harness.engine.inferTypes(await harness.engine.stage(table))).rejects.toMatchObject({ code: 'data-engine/failed' })
  })
})
