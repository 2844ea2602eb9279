import { AppError } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import { link as hardLink, rm } from 'node:fs/promises'
import type { PreparedFile } from '../files/download.ts'
import type { DeliveryPlan } from '../plan/plan.ts'
import { SYSTEM_ACTOR } from '../../identity/index.ts'
import type { LinkContext } from './context.ts'
import { fileOf } from './end-link.ts'
import { recordLink } from './record-link.ts'
import type { LinkRow } from './tables.ts'

const PROGRESS_EVERY_MS = 1_000

/** Makes the file of a link. Done again from the start after a crash; ends in `ready`, or in `failed` with the reason. */
export async function prepareLink(context: LinkContext, id: string): Promise<void> {
  const link = await context.links.find(id)
  if (link?.state !== 'preparing') return
  try {
    const plan = await context.plans.get(link.maker, link.entry_code)
    const grantId = plan.basis.kind === 'grant' ? plan.basis.grantId : null
    if (grantId !== link.grant_id) throw new AppError('delivery/no-grant', { code: link.entry_code })
    const file = await context.downloads.prepare(plan, link.format, { onRows: progressOf(context, id) })
    try {
      await keep(context, link, plan, file)
    } finally {
      await file.dispose()
    }
  } catch (error) {
    // What the platform itself says is final; anything else may pass.
    if (!(error instanceof AppError)) throw error
    await failLink(context, id, error.code)
  }
}

function progressOf({ links, log, clock }: LinkContext, id: string): (rows: number) => void {
  let lastAt = 0
  return (rows) => {
    const now = clock.now().getTime()
    if (now - lastAt < PROGRESS_EVERY_MS) return
    lastAt = now
    links.noteProgress(id, rows).catch((error: unknown) => log.warn({ err: error }, 'the progress of a file was not noted'))
  }
}

/** Puts the file in its place and opens the link, unless it was ended meanwhile. */
async function keep(context: LinkContext, { id, maker }: LinkRow, plan: DeliveryPlan, file: PreparedFile): Promise<void> {
  const path = fileOf(context, id)
  await context.marks.note(plan)
  await rm(path, { force: true })
  await hardLink(file.path, path)
  const kept = await inTransaction(context.store.db, async (trx) => {
    const link = await context.links.lock(trx, id)
    if (link?.state !== 'preparing') return false
    if ((await context.links.bytesKept(trx)) + file.bytes > context.forms.linkSpaceBytes) throw new AppError('delivery/no-space')
    await recordLink(context, trx, link, 'ready', maker.actor, {
      version: plan.version, fields: [...plan.fields.keys()], rows: file.rows, bytes: file.bytes, fileHash: file.sha256, ...(file.delivery === null ? {} : { delivery: file.delivery }),
    })
    await context.links.update(trx, id, {
      state: 'ready', version: plan.version, rows: file.rows, rows_so_far: file.rows, bytes: file.bytes, sha256: file.sha256, file_name: file.fileName, content_type: file.contentType,
    })
    return true
  }).catch(async (error: unknown) => {
    await rm(path, { force: true })
    throw error
  })
  if (!kept) await rm(path, { force: true })
}

/** The file will not be made. */
export async function failLink(context: LinkContext, id: string, reason: string): Promise<void> {
  await inTransaction(context.store.db, async (trx) => {
    const link = await context.links.lock(trx, id)
    if (link?.state !== 'preparing') return
    await recordLink(context, trx, link, 'failed', SYSTEM_ACTOR, { reason })
    await context.links.update(trx, id, { state: 'failed', reason })
  })
}
