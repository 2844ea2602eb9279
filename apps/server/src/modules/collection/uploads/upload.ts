import { AppError, type Issue, uuidv7 } from '@datong/kernel'
import { asStoreError, inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import type { EntryRecord } from '../../catalog/index.ts'
import type { CollectionContext } from '../context.ts'
import { moveDurably, type StoredFile, writeDurably } from '../durable-files.ts'
import { requireSpace, whileThereIsSpace } from '../loads/disk-space.ts'
import { loadJob } from '../loads/load-job.ts'
import { recordLoad } from '../record.ts'

/** What is told about a file before its bytes come. */
export interface UploadDetails {
  readonly fileName: string
  /** Of the new entry; the file's name without its ending when left out. */
  readonly title?: string | undefined
  /** Code of the caller's own department; may be left out. */
  readonly organisation?: string | undefined
  /** The entry that gets a new version; a new entry is drafted when left out. */
  readonly entryCode?: string | undefined
}

/** An upload that may go on: whose it is and where it goes. */
export interface AdmittedUpload {
  readonly loadId: string
  readonly organisation: string
  readonly fileName: string
  readonly title: string
  readonly entry: EntryRecord | undefined
}

/** A file that is on disk under the name of its load, with no load yet. */
export interface ReceivedUpload extends AdmittedUpload, StoredFile {}

const MAX_TITLE = 200
const MAX_FILE_NAME = 255
/** Control characters, and signs that turn the direction of writing, make names lie. */
const UNSHOWN = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/**
 * Checks everything that can be known before the file comes.
 * @throws AppError `request/invalid` with all issues, `request/not-found` for an entry that is not the caller's,
 *   `catalog/wrong-state` for one that was withdrawn
 */
export async function admitUpload(context: CollectionContext, details: UploadDetails, caller: Caller): Promise<AdmittedUpload> {
  const fileName = (details.fileName.split(/[/\\]/).at(-1) ?? '').replace(UNSHOWN, '').normalize('NFC').trim().slice(-MAX_FILE_NAME) || 'file'
  const asked = (details.title ?? '').trim()
  const issues: Issue[] = []
  if (caller.organisation === null) issues.push({ pointer: '/organisation', code: 'none', message: '您的账号不属于任何部门，不能上传' })
  if (details.organisation !== undefined && details.organisation !== caller.organisation) {
    issues.push({ pointer: '/organisation', code: 'not-own', message: '只能为本部门上传数据' })
  }
  if (asked.length > MAX_TITLE) issues.push({ pointer: '/title', code: 'maxLength', message: `标题至多 ${MAX_TITLE} 个字` })
  if (asked.search(UNSHOWN) >= 0) issues.push({ pointer: '/title', code: 'pattern', message: '标题含有不可见的控制字符' })
  if (issues.length > 0 || caller.organisation === null) throw new AppError('request/invalid', {}, issues)
  const entry = details.entryCode === undefined ? undefined : await context.catalog.requireOwned(details.entryCode, caller)
  if (entry?.state === 'withdrawn') throw new AppError('catalog/wrong-state', { action: 'load', state: entry.state })
  return {
    loadId: uuidv7(context.clock, context.random),
    organisation: caller.organisation,
    fileName,
    title: entry?.title ?? (asked || withoutEnding(fileName).slice(0, MAX_TITLE)),
    entry,
  }
}

/**
 * Takes the bytes to disk. Whatever goes wrong, nothing stays behind.
 * @param isWhole asked when the stream has ended; `false` for one that was cut at a limit
 * @throws AppError `request/too-large`, `store/disk-full`; the stream's own error
 */
export async function receiveUpload(
  context: CollectionContext, admitted: AdmittedUpload, source: AsyncIterable<Uint8Array>, isWhole: () => boolean = () => true,
): Promise<ReceivedUpload> {
  const { workspace, maxUploadBytes } = context
  const arriving = workspace.arrivingPath(admitted.loadId)
  try {
    await requireSpace(context)
    const stored = await writeDurably(whileThereIsSpace(context, source), arriving)
    if (!isWhole() || stored.bytes > maxUploadBytes) throw new AppError('request/too-large', { maxBytes: maxUploadBytes })
    await moveDurably(arriving, workspace.incomingPath(admitted.loadId))
    return { ...admitted, ...stored }
  } catch (error) {
    await workspace.discard(arriving)
    throw asStoreError(error)
  }
}

/** Gives a received file its entry, its load, the evidence and the job, all in one transaction; after it the file is safe. */
export async function beginLoad(context: CollectionContext, upload: ReceivedUpload, caller: Caller): Promise<{ loadId: string; entryCode: string }> {
  const { loadId, organisation, fileName, title, bytes, sha256 } = upload
  try {
    return await inTransaction(context.store.db, async (trx) => {
      const entry = upload.entry ?? (await context.catalog.draft(trx, { title, organisation, actor: caller.actor }))
      await context.loads.insert(trx, {
        id: loadId, entry_code: entry.code, entry_title: entry.title, organisation, file_name: fileName, bytes, sha256,
        outcome: null, phase: 'received', progress: 0, rows_read: 0, rows_stored: 0, rows_rejected: 0, detection: null, version: null,
        created_at: context.clock.now(), finished_at: null, started_by: JSON.stringify(caller.actor), error: null,
      })
      const load = (await context.loads.lock(trx, loadId))! // inserted just now
      await recordLoad(trx, context, { load, actor: caller.actor, action: 'received' })
      await context.jobs.enqueue(trx, loadJob, { loadId })
      return { loadId, entryCode: entry.code }
    })
  } catch (error) {
    // A commit whose answer was lost may have succeeded: then the file is wanted.
    const certainlyNone = await context.loads.find(loadId).then((load) => load === undefined, () => false)
    if (certainlyNone) await dropUpload(context, upload)
    throw error
  }
}

/** Forgets a received file that gets no load. */
export const dropUpload = (context: CollectionContext, upload: ReceivedUpload): Promise<void> =>
  context.workspace.discard(context.workspace.incomingPath(upload.loadId))

const withoutEnding = (fileName: string): string => fileName.replace(/\.[^.]{1,10}$/, '').trim() || fileName
