import type { BodyOf, operations, Retention } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import type { EntryRecord } from '../../catalog/index.ts'
import { type CollectionContext, PLATFORM } from '../context.ts'
import { recordVersion } from '../record.ts'
import type { RetentionRow } from './lake-store.ts'
import type { ListedVersion } from './version-store.ts'

const DAY_MS = 86_400_000
/** Who began to read a version before it ended may come to an end. */
const GRACE_MS = 600_000

type Held = Retention['held'][number]

/** What the rules would let go, and what stays though they would. */
interface Verdict {
  readonly due: readonly ListedVersion[]
  readonly held: readonly Held[]
}

const NONE: Omit<RetentionRow, 'entry_code'> = { keep_versions: null, keep_days: null, revision: 0 }

export async function showRetention(context: CollectionContext, entryCode: string): Promise<Retention> {
  const rules = (await context.lakes.retention(entryCode)) ?? { entry_code: entryCode, ...NONE }
  const { due, held } = await judge(context, rules)
  return { keepVersions: rules.keep_versions, keepDays: rules.keep_days, revision: rules.revision, due: due.map(({ number }) => number), held: [...held] }
}

/** @throws AppError `request/not-found`, `request/conflict` */
export async function setRetention(context: CollectionContext, code: string, body: BodyOf<typeof operations.setRetention>, caller: Caller): Promise<Retention> {
  const entry = await context.catalog.requireOwned(code, caller)
  const row: RetentionRow = { entry_code: entry.code, keep_versions: body.keepVersions, keep_days: body.keepDays, revision: body.revision + 1 }
  await inTransaction(context.store.db, async (trx) => {
    const before = await context.lakes.retention(entry.code, trx)
    if ((before?.revision ?? 0) !== body.revision || !(await context.lakes.setRetention(trx, row, body.revision))) throw new AppError('request/conflict')
    await context.evidence.record(trx, {
      chain: 'decision', action: 'collection.retention.set', actor: caller.actor, parties: [entry.organisation], subject: { type: 'retention', id: entry.code, title: entry.title },
      detail: { keepVersions: body.keepVersions, keepDays: body.keepDays, reason: body.reason },
    })
  })
  return showRetention(context, entry.code)
}

/** Versions that neither rule keeps: neither among the newest, nor young. Without rules all stay. */
async function judge(context: CollectionContext, { entry_code: entryCode, keep_versions: most, keep_days: days }: RetentionRow): Promise<Verdict> {
  if (most === null && days === null) return { due: [], held: [] }
  const kept = (await context.versions.list(entryCode)).filter(({ ended }) => !ended)
  const oldest = days === null ? null : context.clock.now().getTime() - days * DAY_MS
  // The newest one stays, also when an older one is in use: what comes next is merged into it.
  const others = kept.filter(({ current, number }) => !current && number !== kept[0]?.number)
  const over = others.filter((version, index) => (most === null || index >= most) && (oldest === null || version.created_at.getTime() < oldest))
  const granted = over.length === 0 ? new Set<number>() : await (context.grantedVersions?.(entryCode) ?? Promise.resolve(new Set<number>()))
  const verdicts = over.map((version) => ({ version, by: granted.has(version.number) ? 'grant' as const : version.described ? null : 'under-way' as const }))
  return {
    due: verdicts.flatMap(({ version, by }) => (by === null ? [version] : [])),
    held: verdicts.flatMap(({ version, by }) => (by === null ? [] : [{ version: version.number, by }])),
  }
}

/**
 * Lets go of what the rules of entries keep no longer: row and evidence first, the files some minutes after the commit. What a
 * process that died left of the files goes at the next round; what fails for one entry does not stop the others.
 * @returns how many versions ended
 */
export async function keepRetention(context: CollectionContext): Promise<number> {
  let ended = 0
  for (const rules of await context.lakes.retentions()) {
    try {
      const entry = await context.catalog.find(rules.entry_code)
      if (entry === undefined) continue
      for (const version of (await judge(context, rules)).due) if (await endVersion(context, entry, rules, version)) ended++
    } catch (error) {
      context.log.warn({ err: error, entry: rules.entry_code }, 'the rules of retention could not be kept')
    }
  }
  const before = context.clock.now().getTime() - GRACE_MS
  for (const { entry_code: code, number, folder, at } of await context.lakes.unemptied()) {
    if (at.getTime() > before) continue
    await context.workspace.discard(context.workspace.inLake(folder))
    await context.lakes.noteEmptied(code, number)
  }
  return ended
}

const endVersion = (context: CollectionContext, { title, organisation }: EntryRecord, rules: RetentionRow, { number, folder, content_hash: contentHash, bytes }: ListedVersion): Promise<boolean> =>
  inTransaction(context.store.db, async (trx) => {
    const { entry_code: entryCode, keep_versions: keepVersions, keep_days: keepDays } = rules
    // Chosen as the current one since: it stays.
    if ((await context.versions.lockCurrent(trx, entryCode)) === number) return false
    const reason = 'retention'
    if (!(await context.lakes.insertEnd(trx, { entry_code: entryCode, number, folder, reason, at: context.clock.now(), emptied: false }))) return false
    await recordVersion(trx, context, { entryCode, number, title, organisation, actor: PLATFORM, action: 'ended', detail: { reason, contentHash, bytes, keepVersions, keepDays } })
    return true
  })
