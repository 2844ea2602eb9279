import type { Entry, Load } from '@datong/contracts'
import { DEMO_FIELD_OWNERS, type DemoTable, serialise } from '@datong/demo-city'
import { GRADES, isAppError } from '@datong/kernel'
import { setTimeout as sleep } from 'node:timers/promises'
import { callerOf, entryOf, organisationOf, providerOf, send, sessionOf, type Stage, tableOf } from './context.ts'
import { coreMetadataOf, orderOf } from './descriptions.ts'
import { themeOf } from './themes.ts'

const POLL_MS = 150

/** Hands a table in as its department would: the file, through collection's own door. */
export async function uploadTable(stage: Stage, key: string, again: boolean): Promise<void> {
  const { progress, datong: { collection } } = stage
  if (progress.state.entries[key] !== undefined) return
  const table = tableOf(stage, key)
  const officer = providerOf(stage, table.owner)
  const before = again ? await findUpload(stage, table, officer) : undefined
  const caller = await callerOf(stage, officer)
  await progress.noteEntry(key, before ?? await collection.upload(chunksOf(table), { fileName: table.file.name, title: table.entryTitle.zh }, caller))
}

async function* chunksOf(table: DemoTable): AsyncGenerator<Uint8Array> {
  for (const chunk of serialise(table)) {
    yield chunk
    // Making rows takes the whole processor; others want to work too.
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** The upload of a start that died right after it. */
async function findUpload(stage: Stage, { entryTitle }: DemoTable, officer: string): Promise<{ loadId: string; entryCode: string } | undefined> {
  const headers = await sessionOf(stage, officer)
  const { items } = (await send(stage, { url: '/api/v1/collection/loads?limit=100', headers })).json<{ items: Load[] }>()
  const load = items.find((one) => one.entryTitle === entryTitle.zh)
  return load && { loadId: load.id, entryCode: load.entryCode }
}

/** Waits until all loads have ended. @throws Error when one failed */
export async function awaitLoads(stage: Stage, keys: readonly string[]): Promise<void> {
  const { city, progress, datong: { collection }, signal, say } = stage
  const waiting = new Set(keys)
  const uploaded = Object.keys(progress.state.entries).length
  let told = 0
  while (waiting.size > 0) {
    for (const key of waiting) {
      const load = await collection.findLoad(progress.state.entries[key]?.loadId ?? '')
      if (load?.state === 'failed') throw new Error(`the table ${key} could not be loaded: ${load.error?.code ?? ''} ${load.error?.detail ?? ''}`)
      if (load?.state === 'done') waiting.delete(key)
    }
    const done = uploaded - waiting.size
    if (done !== told && done % 4 === 0 && done > 0) say(`  ${done} of ${city.tables.length} tables loaded, profiled and graded`)
    told = done
    await sleep(POLL_MS, undefined, { signal })
  }
}

/** The department confirms what the platform found and says how the data are shared, then submits. */
export async function submitTable(stage: Stage, key: string): Promise<void> {
  const { catalog } = stage.datong
  const table = tableOf(stage, key)
  const caller = await callerOf(stage, providerOf(stage, table.owner))
  const code = entryOf(stage, key)
  const entry = await catalog.find(code)
  if (entry === undefined || (entry.state !== 'draft' && entry.state !== 'returned')) return
  const { code: made } = await catalog.edit(code, {
    title: table.entryTitle.zh, titleEn: table.entryTitle.en, summary: table.description.zh, theme: themeOf(table.theme),
    keywords: [...table.keywords], sharingType: table.sharingType, sharingCondition: table.sharingCondition ?? '',
    legalBasis: table.legalBasis ?? '', openingType: table.openingType, updateCycle: table.updateCycle,
    ...coreMetadataOf(stage, table), ...fieldsOf(stage, table, entry.fields),
  }, caller)
  // The class made another code; the old one goes on finding the entry until this is noted.
  if (made !== code) await stage.progress.noteEntry(key, { loadId: stage.progress.state.entries[key]?.loadId ?? '', entryCode: made })
  await catalog.act(made, 'submit', {}, caller)
}

/**
 * Descriptions of the fields; in what is open to all, the law has already decided that a name or a number may be read, so
 * grades above internal come down, with that reason, and internal fields are masked.
 */
function fieldsOf(stage: Stage, { key, fields, openingType }: DemoTable, found: readonly Entry['fields'][number][]) {
  const descriptions = new Map(fields.map(({ name, description }) => [name, description]))
  const tooHigh = (grade: Entry['fields'][number]['grade']): boolean => GRADES.indexOf(grade) > GRADES.indexOf('internal')
  const open = openingType === 'open'
  const owners = DEMO_FIELD_OWNERS[key] ?? {}
  return {
    fields: found.map(({ name, description, grade, masking }) => ({
      name,
      description: descriptions.get(name) ?? description,
      ...(owners[name] === undefined ? {} : { owner: organisationOf(stage, owners[name]) }),
      ...(open && tooHigh(grade) ? { grade: 'internal' as const } : {}),
      ...(open && grade !== 'public' && masking === null ? { masking: 'redact' } : {}),
    })),
    ...(open && found.some(({ grade }) => tooHigh(grade)) ? { reason: '法定公示内容，脱敏后开放' } : {}),
  }
}

/** The bureau's steward takes a step with an entry, unless it was taken before. */
export async function stewardActs(stage: Stage, key: string, action: 'approve' | 'publish' | 'return', reason?: string): Promise<void> {
  try {
    await stage.datong.catalog.act(entryOf(stage, key), action, reason === undefined ? {} : { reason }, await callerOf(stage, 'steward'))
  } catch (error) {
    if (!isAppError(error) || error.code !== 'catalog/wrong-state') throw error
  }
}

/** The bureau relates the entries and limits who sees some of them. */
export async function orderCatalogue(stage: Stage): Promise<void> {
  const caller = await callerOf(stage, 'steward')
  for (const [key, patch] of orderOf(stage)) await stage.datong.catalog.edit(entryOf(stage, key), patch((other) => entryOf(stage, other)), caller)
}
