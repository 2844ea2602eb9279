import { fixedClock, systemRandom } from '@datong/kernel'
import type { Store } from '@datong/metadata-store'
import type { FieldContent } from '@datong/standards'
import { createCursorCodec } from '../../platform/cursor.ts'
import { plainOrganisations, recordingEvents } from '../../platform/testing.ts'
import { evidenceFor } from '../evidence/testing.ts'
import type { EntryToMap } from './context.ts'
import { createStandards } from './index.ts'
import { remeasureJob } from './mapping/remeasure.ts'

/** Standards over a test store, with entries and contents that a test gives; jobs run when told to. */
export function standardsFor(store: Store) {
  const events = recordingEvents()
  const entries = new Map<string, EntryToMap>()
  const contents = new Map<string, readonly FieldContent[]>()
  const waiting: unknown[] = []
  let work: ((data: never, context: never) => Promise<void>) | undefined
  const standards = createStandards({
    store, evidence: evidenceFor(store), events, cursors: createCursorCodec(new Uint8Array(32)), clock: fixedClock('2026-11-20T02:00:00Z'), random: systemRandom,
    log: { error: () => undefined, info: () => undefined },
    jobs: {
      work: async (_, handler) => void (work = handler),
      enqueue: async (_, job, data) => {
        if (job.name === remeasureJob.name) waiting.push(data)
        return undefined
      },
    },
    organisations: { ...plainOrganisations, regions: async () => [{ code: '339501', name: '澜东区' }] },
    entryOf: async (code) => entries.get(code), requireVisible: async (code) => ({ code }), visible: async (codes) => new Set(codes), entryCodes: async () => [...entries.keys()],
    contentOf: async (code) => contents.get(code),
  })
  return {
    standards, events, entries, contents, waiting,
    async runJobs() {
      for (const data of waiting.splice(0)) await work?.(data as never, { signal: new AbortController().signal } as never) // one kind of job
    },
  }
}
