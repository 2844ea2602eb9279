import { mqaScore } from '@datong/catalog-metadata'
import type { EntryRecord } from '../../catalog/index.ts'
import type { InterchangeDeps } from '../context.ts'
import { describe } from '../dataset/describe.ts'
import { completenessOf } from './completeness.ts'
import type { LinkStore } from './link-store.ts'
import { answers } from './probe.ts'
import type { NewScore, ScoreStore } from './score-store.ts'

const BATCH = 200
const LINKS_AT_ONCE = 20
/** An address that answered is looked at again after so long. */
const LINK_LIVES_MS = 14 * 86_400_000
const NOBODY: ReadonlySet<string> = new Set()

export interface ScoreTools {
  readonly deps: InterchangeDeps
  readonly scores: ScoreStore
  readonly links: LinkStore
}

/** The points of entries as they are described now. Our own addresses answer; what is known of others was looked up before. */
export async function scoresOf({ deps, links }: Pick<ScoreTools, 'deps' | 'links'>, entries: readonly EntryRecord[]): Promise<NewScore[]> {
  const base = deps.publicUrl ?? 'http://localhost'
  const reached = await links.reached(entries.filter((entry) => entry.links.length > 0).map(({ code }) => code))
  return entries.map((entry) => {
    const dataset = describe(deps, entry, base, NOBODY)
    const { points, band, indicators } = mqaScore(dataset, (address) => (address.startsWith(`${base}/`) ? true : reached.get(address) ?? null))
    const { share, missing } = completenessOf(entry)
    return {
      entry_code: entry.code, organisation: entry.organisation, title: entry.title, points, band, indicators, completeness: share, missing,
      described_at: entry.changedAt, computed_at: deps.clock.now(),
    }
  })
}

/** Works an entry's points out anew, or forgets them when it is not published any more. */
export async function rescore(tools: ScoreTools, entryCode: string): Promise<void> {
  const entry = await tools.deps.catalog.find(entryCode)
  if (entry === undefined || entry.state !== 'published') return tools.scores.remove(entryCode)
  await tools.links.note(entryCode, entry.links.map(({ url }) => url))
  await tools.scores.write(await scoresOf(tools, [entry]))
}

/** Catches up with all published entries; those whose description has not changed are left alone. */
export async function catchUp(tools: ScoreTools, signal: AbortSignal): Promise<void> {
  let after = ''
  while (!signal.aborted) {
    const entries = await tools.deps.catalog.eachPublished({ audience: 'departments', after, limit: BATCH })
    const known = await tools.scores.describedAt(entries.map(({ code }) => code))
    const changed = entries.filter(({ code, changedAt }) => known.get(code)?.getTime() !== changedAt.getTime())
    for (const entry of changed) if (entry.links.length > 0) await tools.links.note(entry.code, entry.links.map(({ url }) => url))
    await tools.scores.write(await scoresOf(tools, changed))
    const last = entries.at(-1)
    if (last === undefined || entries.length < BATCH) return
    after = last.code
  }
}

/** Looks at some addresses outside that nobody has looked at for long. */
export async function checkLinks(tools: ScoreTools, signal: AbortSignal): Promise<void> {
  const { deps, links } = tools
  const due = await links.due(new Date(deps.clock.now().getTime() - LINK_LIVES_MS), LINKS_AT_ONCE)
  for (const url of due) {
    if (signal.aborted) return
    const entries = await links.checked(url, await answers(url, deps.forms), deps.clock.now())
    for (const code of entries) await rescore(tools, code)
  }
}
