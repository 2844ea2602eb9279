import type { BodyOf, operations, ResponseOf } from '@datong/contracts'
import { uuidv7 } from '@datong/kernel'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { HarvestContext } from '../deps.ts'
import { fetchOutside } from '../fetching/fetch-outside.ts'
import { KINDS } from '../kinds/registry.ts'
import { toEntry } from '../running/to-entry.ts'

const SAMPLES = 10
/** A person waits for it. */
const PREVIEW_LIMITS = { idleMs: 15_000, wholeMs: 60_000, mostBytes: 128 * 2 ** 20 }

/**
 * Shows how the first records of a catalogue would come in; keeps nothing.
 * @throws AppError as `fetchOutside`, `harvest/not-a-catalogue`
 */
export async function previewSource(
  context: HarvestContext, body: BodyOf<typeof operations.previewHarvestSource>, signal: AbortSignal,
): Promise<ResponseOf<typeof operations.previewHarvestSource>> {
  const { settings, clock, random, workFolder } = context
  const folder = join(workFolder, uuidv7(clock, random))
  await mkdir(folder, { recursive: true })
  try {
    const file = join(folder, 'document')
    const fetch = async (url: string, { accept }: { accept: string }) => ({ ...(await fetchOutside(url, file, { accept, limits: PREVIEW_LIMITS, settings, signal })), file })
    const question = { url: body.url, since: null, etag: null, from: null }
    for await (const { datasets, problems, total } of KINDS[body.kind].pages(question, fetch, { etag: null, unchanged: false })) {
      const source = { url: body.url, organisation: body.organisation }
      const items = datasets.slice(0, SAMPLES).map((dataset) => {
        const entry = toEntry(dataset, source)
        return {
          identifier: dataset.identifier, title: entry.title, publisher: Object.values(dataset.publisher?.name ?? {})[0] ?? null,
          theme: entry.theme ?? 'other', modified: dataset.modified, links: entry.links?.length ?? 0,
        }
      })
      return { total, items, problems: problems.slice(0, SAMPLES) }
    }
    return { total: 0, items: [], problems: [] }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
