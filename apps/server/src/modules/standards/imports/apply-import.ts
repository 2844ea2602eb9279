import { AppError } from '@datong/kernel'
import { inTransaction, type Trx } from '@datong/metadata-store'
import type { DataElement } from '@datong/standards'
import type { Caller } from '../../../platform/caller.ts'
import { recordItem, type StandardsContext } from '../context.ts'
import { type ElementItem, keyOf, type ListItem } from '../items/item.ts'
import { enqueueRemeasure } from '../mapping/remeasure.ts'
import type { UndoStep } from '../tables.ts'
import type { ImportRow } from './import-store.ts'

/** Puts in place what was previewed: each element and list gets a version in force from the import's day. @throws AppError `request/not-found`, `standards/wrong-state`, `request/conflict` when the standard was changed since the preview */
export const applyImport = (context: StandardsContext, id: string, reason: string, caller: Caller): Promise<void> =>
  change(context, id, 'previewed', reason, caller, async (trx, row) => {
    const undo: UndoStep[] = []
    if ('elements' in row.content) for (const element of row.content.elements) undo.push(await putElement(trx, context, row, element, reason, caller))
    else undo.push(await putList(trx, context, row, row.content, reason, caller))
    await context.imports.update(trx, id, { state: 'applied', undo, at: context.clock.now() })
    return undo.map(({ key }) => key)
  })

/** Takes an applied import back, all of it. @throws AppError `request/not-found`, `standards/wrong-state`, `standards/changed-since` when one of its items was changed after it */
export const undoImport = (context: StandardsContext, id: string, reason: string, caller: Caller): Promise<void> =>
  change(context, id, 'applied', reason, caller, async (trx, row) => {
    for (const step of row.undo ?? []) await takeBack(trx, context, step, reason, caller)
    await context.imports.update(trx, id, { state: 'undone', at: context.clock.now() })
    return (row.undo ?? []).map(({ key }) => key)
  })

async function change(
  context: StandardsContext, id: string, wanted: ImportRow['state'], reason: string, caller: Caller, work: (trx: Trx, row: ImportRow) => Promise<string[]>,
): Promise<void> {
  await inTransaction(context.db, async (trx) => {
    await context.items.lock(trx)
    const row = await context.imports.lock(trx, id)
    if (row === undefined) throw new AppError('request/not-found')
    if (row.state !== wanted) throw new AppError('standards/wrong-state', { state: row.state })
    const keys = await work(trx, row)
    await context.evidence.record(trx, {
      chain: 'decision', action: wanted === 'previewed' ? 'standards.import.applied' : 'standards.import.undone', actor: caller.actor, parties: caller.organisation === null ? [] : [caller.organisation],
      subject: { type: 'standards-import', id, title: row.file_name }, detail: { reason, counts: row.counts, from: row.in_force_from, items: keys.length },
    })
    const idsOf = (kind: string): string[] => keys.flatMap((key) => (key.startsWith(`${kind}/`) ? [key.slice(kind.length + 1)] : []))
    await enqueueRemeasure(trx, context, { elements: idsOf('element'), lists: idsOf('code-list') })
    await context.items.tell(trx)
  })
  await context.registry.refresh()
}

const stateOf = (item: ElementItem | ListItem | undefined): UndoStep['before'] =>
  item === undefined || item.revision === 0 ? null : { state: item.state, version: item.version, body: item.body, proposal: 'proposal' in item ? item.proposal : null }

async function putElement(trx: Trx, context: StandardsContext, row: ImportRow, element: DataElement, reason: string, { actor }: Caller): Promise<UndoStep> {
  const before = await context.items.findElement(trx, element.id)
  if (before?.state === 'abolished' || before?.state === 'revising' || row.in_force_from <= (before?.versions.at(-1)?.from ?? '')) throw new AppError('request/conflict')
  const version = (before?.version ?? 0) + 1
  const base = before ?? { id: element.id, abolishedFrom: null, replacedBy: null, revision: 0, versions: [] }
  const after: ElementItem = {
    ...base, state: 'published', version, body: element, proposal: null, revision: base.revision + 1,
    versions: [...base.versions, { version, label: row.label, from: row.in_force_from, content: element, reason, publishedAt: context.clock.now(), publishedBy: actor }],
  }
  await context.items.save(trx, 'element', after, context.clock.now())
  const key = keyOf('element', element.id)
  await recordItem(trx, context, { key, title: element.name, action: 'imported', actor, reason, detail: { import: row.id, version, from: row.in_force_from } })
  return { key, made: after.revision, version, before: stateOf(before) }
}

type NewCodes = Extract<ImportRow['content'], { codes: unknown }>

async function putList(trx: Trx, context: StandardsContext, row: ImportRow, { list, codes }: NewCodes, reason: string, { actor }: Caller): Promise<UndoStep> {
  const before = await context.items.findList(trx, list.id)
  if (before?.state === 'abolished' || before?.versions.some(({ from, partial }) => from === row.in_force_from && partial !== true) === true) throw new AppError('request/conflict')
  const version = (before?.version ?? 0) + 1
  const base = before ?? { id: list.id, abolishedFrom: null, replacedBy: null, revision: 0, versions: [] }
  const content = { label: row.label, from: row.in_force_from, codes, partial: false }
  const after: ListItem = {
    ...base, state: 'published', version, body: list, revision: base.revision + 1,
    versions: [...base.versions, { version, ...content, content, reason, publishedAt: context.clock.now(), publishedBy: actor }],
  }
  await context.items.save(trx, 'code-list', after, context.clock.now())
  const key = keyOf('code-list', list.id)
  await recordItem(trx, context, { key, title: list.name, action: 'imported', actor, reason, detail: { import: row.id, version, from: row.in_force_from, codes: codes.length } })
  return { key, made: after.revision, version, before: stateOf(before) }
}

async function takeBack(trx: Trx, context: StandardsContext, { key, made, version, before }: UndoStep, reason: string, { actor }: Caller): Promise<void> {
  const [kind, id] = [key.startsWith('element/') ? 'element' as const : 'code-list' as const, key.slice(key.indexOf('/') + 1)]
  const item = kind === 'element' ? await context.items.findElement(trx, id) : await context.items.findList(trx, id)
  if (item === undefined || item.revision !== made) throw new AppError('standards/changed-since', { item: id })
  await recordItem(trx, context, { key, title: item.body.name, action: 'import-undone', actor, reason, detail: { version } })
  await context.items.dropVersion(trx, key, version)
  if (before === null) {
    await context.items.remove(trx, key)
    return
  }
  const rest = { ...item, state: before.state, version: before.version, revision: item.revision + 1, versions: [] }
  // What was kept of an item is of its kind.
  if (kind === 'element') await context.items.save(trx, kind, { ...rest, body: before.body as DataElement, proposal: before.proposal }, context.clock.now())
  else await context.items.save(trx, kind, { ...rest, body: before.body } as ListItem, context.clock.now())
}
