import { describe, expect, it } from 'vitest'
import type { VersionRow } from '../versions/version-store.ts'
import type { LoadRow } from '../loads/load-store.ts'
import { planLoad } from './source-plan.ts'
import type { SourceRow } from './source-tables.ts'

const watermark = { column: 'updated', value: '2026-01-01' }
const planned = (source: Partial<SourceRow>, { newest = 3, fully = false } = {}) => planLoad(
  { versions: { findNewest: async () => ({ number: newest } as VersionRow) } as never }, // only the newest number is asked for
  { mode: 'incremental', mark_column: 'updated', watermark, base_version: 3, full_due: null, read_from: { object: 't' }, revision: 1, ...source } as SourceRow, // what a plan looks at
  { entry_code: 'e', details: { sourceId: 's', fully } } as unknown as LoadRow, // as above
)

describe('what a load reads', () => {
  it('is what is new since the mark, on top of the version that holds the rest', async () => {
    expect(await planned({})).toMatchObject({ mode: 'incremental', because: null, base: 3, request: { markBy: 'updated', after: watermark } })
  })

  it.each([
    ['it is the first', { full_due: 'first' as const, watermark: null }, {}, 'first'],
    ['somebody asked for it', {}, { fully: true }, 'asked'],
    ['the entry has another version', { base_version: 2 }, {}, 'other-version'],
    ['the source was found to differ', { full_due: 'moved' as const }, {}, 'moved'],
  ])('is everything when %s', async (_, source, given, because) => {
    const plan = await planned(source, given)
    expect(plan).toMatchObject({ mode: 'full', because, base: null, request: { markBy: 'updated' } })
    expect(plan.request.after).toBeUndefined()
  })

  it('is everything of a source that is not incremental', async () => {
    expect(await planned({ mode: 'full', mark_column: null, watermark: null })).toEqual({ mode: 'full', because: null, base: null, revision: 1, request: { from: { object: 't' } } })
  })

  it('is the next file of a source that gives files, whatever version is there, unless all is asked for', async () => {
    const files = { mark_column: null, watermark: { column: 'files', value: 'a b' } }
    expect(await planned({ ...files, base_version: 1 })).toMatchObject({ mode: 'incremental', base: null, request: { after: files.watermark } })
    expect(await planned({ ...files, mode: 'full' })).toMatchObject({ mode: 'full', request: { after: files.watermark } })
    expect((await planned(files, { fully: true })).request.after).toBeUndefined()
  })
})
