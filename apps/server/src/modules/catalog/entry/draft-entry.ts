import type { Actor } from '@datong/contracts'
import type { Trx } from '@datong/metadata-store'
import type { CatalogContext } from '../context.ts'
import { classificationOf, EMPTY_DESCRIPTION, type EntryRecord } from './entry.ts'
import { makeCode } from './make-code.ts'
import { recordChange } from './record-change.ts'
import { guessTheme } from './theme.ts'

export interface EntryDraft {
  readonly title: string
  readonly organisation: string
  /** 类 项 目 细目 that the code is made of; without it the department's own. */
  readonly classification?: string
  readonly actor: Actor
}

/**
 * Makes an empty entry with a code of its own, to be described by the platform and confirmed by its department.
 * @throws AppError `catalog/unknown-classification`, `catalog/invalid-classification`
 */
export async function draftEntry(trx: Trx, context: CatalogContext, { title, organisation, classification, actor }: EntryDraft): Promise<EntryRecord> {
  const now = context.clock.now()
  const code = await makeCode(trx, context, { organisation, classification, actor })
  const entry: EntryRecord = {
    ...EMPTY_DESCRIPTION,
    code,
    classification: classificationOf(code),
    organisation,
    title,
    theme: guessTheme(title),
    createdAt: now,
    changedAt: now,
  }
  await context.entries.insert(trx, entry)
  await recordChange(trx, context, { entry, actor, action: 'drafted' })
  return entry
}
