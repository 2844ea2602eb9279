import type { Actor } from '@datong/contracts'
import type { Trx } from '@datong/metadata-store'
import type { CatalogContext } from '../context.ts'
import { same } from '../revisions/same.ts'
import { classificationOf, EMPTY_DESCRIPTION, type EntryRecord, gradeOf } from './entry.ts'
import { makeCode } from './make-code.ts'
import { recordChange } from './record-change.ts'
import { guessTheme } from './theme.ts'

/** What a description brings from elsewhere; what it does not name keeps its value, or the value of an empty one. */
export type EntryImport = Partial<Omit<EntryRecord, 'code' | 'classification' | 'organisation' | 'title' | 'grade' | 'revision' | 'createdAt' | 'changedAt' | 'nextUpdateDueAt'>>
  & Pick<EntryRecord, 'organisation' | 'title'> & {
    /** The entry to change; without it the one of the same origin, or a new one. */
    readonly code?: string
    /** Of a new entry; without it the department's own. */
    readonly classification?: string
    /** For the evidence: which run, file or source. */
    readonly reason?: string
  }

/**
 * Creates or changes a whole description in one go, with its evidence, in the caller's transaction. Nothing is written
 * when nothing differs. Powers and completeness are the caller's to check.
 * @throws AppError `request/conflict` when the entry changed meanwhile, `catalog/unknown-classification`
 */
export async function importEntry(
  trx: Trx, context: CatalogContext, { code, classification, reason = '', ...description }: EntryImport, actor: Actor,
): Promise<{ entry: EntryRecord; outcome: 'created' | 'changed' | 'same' }> {
  const now = context.clock.now()
  const before = code !== undefined ? await context.entries.lock(trx, code)
    : description.origin ? await context.entries.lockByOrigin(trx, description.origin) : undefined
  if (before === undefined) {
    const made = code ?? await makeCode(trx, context, { organisation: description.organisation, classification, actor })
    const fields = description.fields ?? []
    const state = description.state ?? 'draft'
    const entry: EntryRecord = {
      ...EMPTY_DESCRIPTION, theme: guessTheme(description.title), ...description, code: made, classification: classificationOf(made), fields, grade: gradeOf(fields),
      createdAt: now, changedAt: now, publishedAt: description.publishedAt ?? (state === 'published' ? now : null),
    }
    await context.entries.insert(trx, entry)
    await recordChange(trx, context, { entry, actor, action: 'imported', reason })
    if (entry.state === 'published') await context.events.publish(trx, 'catalog.entry-published', { entryCode: made })
    return { entry, outcome: 'created' }
  }
  const wanted = { ...description, ...(description.fields ? { grade: gradeOf(description.fields) } : {}) }
  const change = differing(before, wanted)
  const changed = Object.keys(change)
  if (changed.length === 0) return { entry: before, outcome: 'same' }
  const publishes = change.state === 'published' && before.publishedAt === null
  const entry = await context.entries.update(trx, before, { ...change, changedAt: now, ...(publishes ? { publishedAt: now } : {}) })
  await recordChange(trx, context, { entry, actor, action: 'imported', reason, detail: { changed } })
  if (before.state !== 'published' && entry.state === 'published') await context.events.publish(trx, 'catalog.entry-published', { entryCode: entry.code })
  else if (before.state === 'published' && entry.state === 'withdrawn') await context.events.publish(trx, 'catalog.entry-withdrawn', { entryCode: entry.code })
  else if (entry.state === 'published') await context.events.publish(trx, 'catalog.entry-changed', { entryCode: entry.code })
  return { entry, outcome: 'changed' }
}

/** The part of a change that says something else than the record does; undefined says nothing. */
function differing(before: EntryRecord, wanted: Partial<EntryRecord>): Partial<EntryRecord> {
  const entries = Object.entries(wanted).filter(([key, value]) => value !== undefined && !same(value, before[key as keyof EntryRecord]))
  return Object.fromEntries(entries) as Partial<EntryRecord> // a part of its own argument
}
