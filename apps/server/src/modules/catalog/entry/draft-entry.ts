import type { Actor } from '@datong/contracts'
import type { Trx } from '@datong/metadata-store'
import type { CatalogContext } from '../context.ts'
import type { EntryRecord } from './entry.ts'
import { recordChange } from './record-change.ts'
import { guessTheme } from './theme.ts'

export interface EntryDraft {
  readonly title: string
  readonly organisation: string
  readonly actor: Actor
}

/** Makes an empty entry with a code of its own, to be described by the platform and confirmed by its department. */
export async function draftEntry(trx: Trx, context: CatalogContext, { title, organisation, actor }: EntryDraft): Promise<EntryRecord> {
  const now = context.clock.now()
  const entry: EntryRecord = {
    code: await context.entries.nextCode(trx, organisation),
    organisation,
    title,
    titleEn: null,
    summary: '',
    theme: guessTheme(title),
    keywords: [],
    state: 'draft',
    sharingType: null,
    sharingCondition: '',
    legalBasis: '',
    openingType: null,
    updateCycle: 'irregular',
    licence: 'CC-BY-4.0',
    contact: '',
    grade: 'internal',
    fields: [],
    revision: 0,
    version: null,
    rowCount: null,
    stars: null,
    createdAt: now,
    changedAt: now,
    publishedAt: null,
    reviewDueAt: null,
    dataUpdatedAt: null,
  }
  await context.entries.insert(trx, entry)
  await recordChange(trx, context, { entry, actor, action: 'drafted' })
  return entry
}
