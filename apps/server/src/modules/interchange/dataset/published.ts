import type { DatasetDescription } from '@datong/catalog-metadata'
import { AppError } from '@datong/kernel'
import { PUBLIC_CALLER } from '../../../platform/caller.ts'
import { type EntryRecord, isPublic } from '../../catalog/index.ts'
import type { InterchangeDeps } from '../context.ts'
import { describe } from './describe.ts'

/** What the public may read of the catalogue, in neutral form. Everything that leaves by an open format comes from here. */
export function createPublished(deps: InterchangeDeps) {
  const { catalog, openFiles } = deps

  async function describeAll(entries: readonly EntryRecord[], base: string): Promise<DatasetDescription[]> {
    const files = await openFiles.of(entries.filter(({ openingType, version }) => openingType === 'open' && version !== null).map(({ code }) => code))
    return describeEach(entries, base, files)
  }

  /** Relations lead only to what the public sees too. */
  async function describeEach(entries: readonly EntryRecord[], base: string, files: Awaited<ReturnType<typeof openFiles.of>>): Promise<DatasetDescription[]> {
    const codes = [...new Set(entries.flatMap(({ relations }) => relations.map(({ code }) => code)))]
    const related = new Set(codes.length === 0 ? [] : await catalog.visibleCodes(codes, PUBLIC_CALLER))
    return entries.map((entry) => describe(deps, entry, base, related, files.get(entry.code)))
  }

  return {
    describeAll,

    /** @throws AppError `request/not-found` for what does not exist and for what the public may not see, alike */
    async dataset(code: string, base: string): Promise<DatasetDescription> {
      const entry = await catalog.find(code)
      if (entry === undefined || !isPublic(entry)) throw new AppError('request/not-found')
      const [dataset] = await describeAll([entry], base)
      return dataset! // one for each entry
    },

    /** All of them in the order of their codes, a batch at a time: a large catalogue is never held as a whole. Without their fields, and without what is known of their files. */
    async *batches(base: string, size: number): AsyncGenerator<readonly DatasetDescription[]> {
      let after = ''
      for (;;) {
        const entries = await catalog.eachPublished({ audience: 'public', after, limit: size, withoutFields: true })
        if (entries.length > 0) yield await describeEach(entries, base, new Map())
        const last = entries.at(-1)
        if (last === undefined || entries.length < size) return
        after = last.code
      }
    },
  }
}

export type Published = ReturnType<typeof createPublished>
