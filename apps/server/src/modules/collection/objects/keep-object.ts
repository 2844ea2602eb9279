import type { Trx } from '@datong/metadata-store'
import { AppError, type Grade, GRADES, uuidv7 } from '@datong/kernel'
import { asStoreError, inTransaction } from '@datong/metadata-store'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Caller } from '../../../platform/caller.ts'
import type { EntryRecord } from '../../catalog/index.ts'
import type { CollectionContext } from '../context.ts'
import { moveDurably, syncFolder, writeDurably } from '../durable-files.ts'
import { extractInThread } from './extract-in-thread.ts'
import type { ObjectRow } from './object-store.ts'

/** Largest document or image that is taken in, in bytes: it is read as a whole. */
export const MOST_OBJECT_BYTES = 100 * 2 ** 20

export interface ObjectDetails {
  readonly entryCode: string
  readonly title?: string | undefined
  /** What the department says; `internal` when it says nothing. */
  readonly grade?: string | undefined
  readonly fileName: string
}

const gradeOf = (text: string | undefined): Grade => {
  const grade = GRADES.find((one) => one === (text ?? 'internal'))
  if (grade === undefined) throw new AppError('request/invalid', {}, [{ pointer: '/grade', code: 'enum', message: `分级应为 ${GRADES.join('、')} 之一` }])
  return grade
}

/**
 * Keeps a file beside an entry of the caller's own department, with its words and properties.
 * @param isWhole asked when the stream has ended; `false` for one that was cut at a limit
 * @throws AppError `request/not-found`, `request/too-large`, `collection/object-refused`, `store/disk-full`
 */
export async function keepObject(context: CollectionContext, source: AsyncIterable<Uint8Array>, details: ObjectDetails, caller: Caller, isWhole: () => boolean = () => true): Promise<ObjectRow> {
  const entry = await context.catalog.requireOwned(details.entryCode, caller)
  const grade = gradeOf(details.grade)
  const id = uuidv7(context.clock, context.random)
  const arriving = context.workspace.arrivingPath(id)
  const path = join(entry.code, 'objects', id)
  try {
    const { bytes, sha256 } = await writeDurably(source, arriving)
    if (!isWhole() || bytes > MOST_OBJECT_BYTES) throw new AppError('request/too-large', { maxBytes: MOST_OBJECT_BYTES })
    const { kind, text, pages, properties } = await extractInThread(arriving)
    const fileName = (details.fileName.split(/[/\\]/).at(-1) ?? '').replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '').trim().slice(-255) || 'file'
    const title = (details.title?.trim() || properties['title'] || fileName).slice(0, 200)
    await settle(context, arriving, path)
    const row: ObjectRow = {
      id, entry_code: entry.code, organisation: entry.organisation, title, file_name: fileName, kind, bytes, sha256, path, grade, state: 'kept', pages, properties, words: text,
      at: context.clock.now(), by: caller.actor,
    }
    await inTransaction(context.store.db, async (trx) => {
      await context.objects.insert(trx, { ...row, properties: JSON.stringify(properties), by: JSON.stringify(caller.actor) })
      await record(trx, context, row, caller, 'kept', { kind, bytes, sha256, pages, grade })
      await tellWords(trx, context, entry.code)
    })
    return row
  } catch (error) {
    await context.workspace.discard(arriving)
    await context.workspace.discard(context.workspace.inLake(path))
    throw asStoreError(error)
  }
}

async function settle({ workspace }: CollectionContext, from: string, path: string): Promise<void> {
  const to = workspace.inLake(path)
  const made = await mkdir(dirname(to), { recursive: true, mode: 0o750 })
  if (made !== undefined) await syncFolder(dirname(made))
  await moveDurably(from, to)
}

/** Lets go of a file: its row stays with who removed it and why, its content does not. @throws AppError `request/not-found` */
export async function removeObject(context: CollectionContext, code: string, id: string, reason: string, caller: Caller): Promise<void> {
  const entry: EntryRecord = await context.catalog.requireOwned(code, caller)
  const row = await context.objects.find(entry.code, id)
  if (row === undefined) throw new AppError('request/not-found')
  await inTransaction(context.store.db, async (trx) => {
    await context.objects.remove(trx, id)
    await record(trx, context, row, caller, 'removed', { sha256: row.sha256, reason })
    await tellWords(trx, context, entry.code)
  })
  await context.workspace.discard(context.workspace.inLake(row.path))
}

/** Properties of documents that say what they are about. */
const TELLING = ['title', 'subject', 'keywords'] as const

/** The search finds everything by its title; by its words what anybody may know. */
async function tellWords(trx: Trx, context: CollectionContext, entryCode: string): Promise<void> {
  const rows = await context.objects.ofEntry(entryCode, trx)
  const words = rows.map(({ title, grade, properties, words: text }) => (grade === 'public' ? [title, ...TELLING.map((name) => properties[name] ?? ''), text].join('\n') : title))
  await context.catalog.attachWords(trx, entryCode, words.join('\n'))
}

const record = (trx: Trx, { evidence }: CollectionContext, { id, title, entry_code: entryCode, organisation }: ObjectRow, { actor }: Caller, verb: string, detail: Record<string, unknown>): Promise<string> =>
  evidence.record(trx, { chain: 'decision', action: `collection.object.${verb}`, actor, parties: [organisation], subject: { type: 'object', id, title }, detail: { entryCode, ...detail } })
