import { defineJob } from '@datong/job-runner'
import type { Trx } from '@datong/metadata-store'
import { foldName } from '@datong/standards'
import type { StandardsContext } from '../context.ts'
import { measureEntry } from './measure-entry.ts'

interface Changed {
  readonly elements: readonly string[]
  readonly lists: readonly string[]
  /** Set: every entry of the catalogue. */
  readonly all?: boolean
}

export const remeasureJob = defineJob<Changed>('standards/remeasure', { retryLimit: 3 })

/** Asks, within the transaction of a change, to measure what it concerns. */
export async function enqueueRemeasure(trx: Trx, { jobs }: Pick<StandardsContext, 'jobs'>, changed: Changed): Promise<void> {
  await jobs.enqueue(trx, remeasureJob, changed)
}

/** Measures entries anew that a change of the standard concerns; bears repeating. */
export async function remeasure(context: StandardsContext, { elements, lists, all = false }: Changed, signal: AbortSignal): Promise<void> {
  await context.registry.refresh()
  const known = context.registry.standard().elements
  const names = elements.flatMap((id) => {
    const item = known.get(id)
    return item === undefined ? [] : [item.body, ...item.versions.map(({ content }) => content)].flatMap(({ name, synonyms }) => [name, ...synonyms]).map(foldName)
  }).filter((name) => name.length > 1)
  const codes = all ? await context.entryCodes() : await context.mappings.concerned({ elements, lists, names: [...new Set(names)] })
  for (const code of codes) {
    if (signal.aborted) throw new Error('stopped before all entries were measured')
    await measureEntry(context, code)
  }
}
