import { type BulkMapping, type Field, operations, type OrganisationRef } from '@datong/contracts'
import type { Issue } from '@datong/kernel'
import { setImmediate as breathe } from 'node:timers/promises'
import { Check, Errors } from 'typebox/value'
import { type Caller, holds } from '../../../platform/caller.ts'
import type { CatalogContext } from '../context.ts'
import { wrongValues } from '../entry/check-edit.ts'
import { type EntryPatch, named, wantedBy } from '../entry/edit-entry.ts'
import { EMPTY_DESCRIPTION, type EntryRecord } from '../entry/entry.ts'
import { allowedActions } from '../life-cycle/life-cycle.ts'
import { differencesOf } from '../revisions/differences.ts'
import { isVisible, sightOf } from '../visibility.ts'
import { itemPatches } from './item-patches.ts'
import { type FindOrganisation, type ReadRow, rowReader } from './read-row.ts'
import type { SheetContent } from './read-file.ts'
import type { RowChanges } from './tables.ts'

/** What a row would come to, before anything is written. */
export interface PlannedRow {
  readonly line: number
  readonly outcome: 'new' | 'changed' | 'unchanged' | 'conflict' | 'rejected'
  readonly code: string | null
  readonly title: string
  readonly organisation: string | null
  readonly patch: EntryPatch | null
  readonly base_revision: number | null
  readonly changes: RowChanges
  readonly problems: readonly Issue[]
}

const NO_CHANGES: RowChanges = { changes: [], fieldChanges: [] }
const CHUNK = 500
const issue = (pointer: string, code: string, message = ''): Issue => ({ pointer, code, message })

/** Whether an organisation exists, and its code by any of its names. */
export interface Organisations {
  ref(code: string): OrganisationRef
  readonly find: FindOrganisation
}

/** Holds each row against the catalogue as it stands and the powers of the caller; reads only. */
export async function planRows(context: CatalogContext, content: SheetContent, mapping: BulkMapping, organisations: Organisations, caller: Caller): Promise<PlannedRow[]> {
  const read = rowReader(mapping, organisations.find)
  const rows = content.rows.map(({ line, cells }) => ({ line, row: read(cells) }))
  const items = itemPatches(content.items)
  const listed = new Set(rows.flatMap(({ row: { code } }) => code ?? []))
  const beside = [...items].filter(([code]) => !listed.has(code)).map(([code, { line }]) => ({ line, row: { code, revision: null, organisation: null, patch: {}, link: null, problems: [] } satisfies ReadRow }))
  const all = [...rows, ...beside]
  const known = await entriesOf(context, [...new Set(all.flatMap(({ row: { code } }) => code ?? []))])
  const twice = linesOf(all)
  const titles = await titlesOf(context, all.flatMap(({ row }) => (row.code === null ? [row.organisation ?? caller.organisation ?? ''] : [])))
  const planOf = ({ line, row }: { line: number; row: ReadRow }): PlannedRow => {
    const fieldPatches = row.code === null ? undefined : items.get(row.code)
    const problems = [...row.problems, ...(fieldPatches?.problems ?? [])]
    const others = row.code === null ? undefined : twice.get(row.code)
    if (others !== undefined && others.length > 1) problems.push(issue('/code', 'duplicate-code', others.filter((one) => one !== line).slice(0, 5).join('、')))
    const patch: EntryPatch = fieldPatches === undefined ? row.patch : { ...row.patch, fields: fieldPatches.patches }
    return row.code === null ? planNew(context, line, { ...row, problems }, caller, titles) : planEdit(context, line, { ...row, patch, problems }, known.get(row.code), caller)
  }
  const planned: PlannedRow[] = []
  for (const one of all) {
    planned.push(planOf(one))
    // Lets others' calls pass.
    if (planned.length % 20 === 0) await breathe()
  }
  const broken = content.broken.map(({ line, detail }): PlannedRow => ({ ...NOTHING, line, problems: [issue('', 'unreadable', detail)] }))
  return [...planned, ...broken].sort((a, b) => a.line - b.line)
}

const NOTHING = { line: 0, outcome: 'rejected', code: null, title: '', organisation: null, patch: null, base_revision: null, changes: NO_CHANGES, problems: [] } as const

async function entriesOf(context: CatalogContext, codes: readonly string[]): Promise<Map<string, EntryRecord>> {
  const known = new Map<string, EntryRecord>()
  for (let from = 0; from < codes.length; from += CHUNK) for (const entry of await context.entries.findMany(codes.slice(from, from + CHUNK))) known.set(entry.code, entry)
  return known
}

/** Titles that departments have already, so that the same file is not taken in twice. */
async function titlesOf(context: CatalogContext, organisations: readonly string[]): Promise<Map<string, string>> {
  return new Map((await context.entries.titlesOf([...new Set(organisations)])).map(({ organisation, title, code }) => [`${organisation} ${title}`, code]))
}

function linesOf(rows: readonly { line: number; row: ReadRow }[]): Map<string, number[]> {
  const lines = new Map<string, number[]>()
  for (const { line, row: { code } } of rows) if (code !== null) lines.set(code, [...lines.get(code) ?? [], line])
  return lines
}

function planEdit(context: CatalogContext, line: number, row: ReadRow, before: EntryRecord | undefined, caller: Caller): PlannedRow {
  const said = { line, code: row.code, title: row.patch.title ?? before?.title ?? '', organisation: null, patch: null, base_revision: null, changes: NO_CHANGES }
  // What may not be seen is told like what does not exist.
  if (before === undefined || !isVisible(before, sightOf(caller))) return { ...said, outcome: 'rejected', problems: [...row.problems, issue('/code', 'unknown-entry', row.code ?? '')] }
  if (!holds(caller, 'steward') && before.organisation !== caller.organisation) return { ...said, outcome: 'rejected', problems: [...row.problems, issue('/code', 'foreign-entry', row.code ?? '')] }
  const problems = [...row.problems]
  if (!allowedActions(caller, before).includes('edit')) problems.push(issue('/code', 'not-editable', before.state))
  if (row.organisation !== null && row.organisation !== before.organisation) problems.push(issue('/organisation', 'organisation-fixed'))
  const patch = { ...row.patch, ...linksOf(row, before) }
  problems.push(...formIssues(patch))
  const { wanted, issues } = wantedBy(context, before, { reason: '批量', ...patch }, caller)
  const { metadata, fields } = differencesOf(before, wanted)
  const moved = patch.classification !== undefined && patch.classification !== before.classification ? [{ key: 'classification', before: before.classification, after: patch.classification }] : []
  const changes = { changes: [...metadata.filter(({ key }) => key !== 'grade'), ...moved], fieldChanges: fields.changed }
  const same = changes.changes.length + changes.fieldChanges.length === 0
  // What is not changed is not judged: an old fault in another column is no fault of the file.
  problems.push(...(same ? issues.filter(({ code }) => code === 'unknown-field') : issues))
  const planned = { ...said, organisation: before.organisation, patch: onlyChanged(patch, changes), base_revision: before.revision, changes, problems }
  if (problems.length > 0) return { ...planned, outcome: 'rejected' }
  if (same) return { ...planned, outcome: 'unchanged' }
  if (row.revision !== null && row.revision !== before.revision) return { ...planned, outcome: 'conflict', problems: [issue('/revision', 'changed-since', `${row.revision} → ${before.revision}`)] }
  return { ...planned, outcome: 'changed' }
}

function planNew(context: CatalogContext, line: number, row: ReadRow, caller: Caller, titles: Map<string, string>): PlannedRow {
  const problems = [...row.problems]
  const organisation = row.organisation ?? (row.problems.some(({ pointer }) => pointer === '/organisation') ? null : caller.organisation)
  const { title = '' } = row.patch
  if (title === '') problems.push(issue('/title', 'missing'))
  if (organisation === null) problems.push(...(problems.some(({ pointer }) => pointer === '/organisation') ? [] : [issue('/organisation', 'missing')]))
  else if (!holds(caller, 'steward') && organisation !== caller.organisation) problems.push(issue('/organisation', 'foreign-organisation', context.organisations.ref(organisation).name))
  const key = `${organisation ?? ''} ${title}`
  const same = titles.get(key)
  if (title !== '' && same !== undefined) problems.push(issue('/title', /^\d+$/.test(same) ? 'same-title-in-file' : 'same-title', same))
  else if (title !== '') titles.set(key, String(line))
  const now = context.clock.now()
  const empty: EntryRecord = { ...EMPTY_DESCRIPTION, code: '', classification: '', organisation: organisation ?? '', title: '', createdAt: now, changedAt: now }
  const patch = { ...row.patch, ...linksOf(row, empty), ...named(row.patch, context) }
  problems.push(...formIssues(patch))
  // The reader reads nothing that a record has not.
  const wanted = { ...empty, ...patch } as EntryRecord
  problems.push(...wrongValues(empty, wanted, context))
  const { metadata } = differencesOf(empty, wanted)
  return {
    line, code: null, title, organisation, patch, base_revision: null, problems, outcome: problems.length > 0 ? 'rejected' : 'new',
    changes: { changes: metadata.map(({ key: name, after }) => ({ key: name, before: null, after })), fieldChanges: [] },
  }
}

/** One link in a row stands for the only one, or the first; of several a row tells none. */
function linksOf({ link }: ReadRow, before: EntryRecord): Pick<EntryPatch, 'links'> {
  if (link === null || before.links.length > 1) return {}
  const [old] = before.links
  if (old?.url === link.url && (link.format === '' || link.format === old.format)) return {}
  return { links: [{ title: old?.title ?? '', mediaType: old?.mediaType ?? '', url: link.url, format: link.format }] }
}

const SCHEMA = operations.updateEntry.body

/** What the contract of a single edit would refuse. */
function formIssues(patch: EntryPatch): Issue[] {
  if (SCHEMA === undefined || Check(SCHEMA, patch)) return []
  return Errors(SCHEMA, patch).slice(0, 20).map(({ instancePath, keyword, message }) => ({ pointer: instancePath, code: keyword === 'pattern' ? 'wrong-form' : keyword, message: message ?? '' }))
}

/** The part of a patch that says something else than the entry does: only that is written, and taken back by an undo. */
function onlyChanged(patch: EntryPatch, { changes, fieldChanges }: RowChanges): EntryPatch {
  const keys = new Set(changes.map(({ key }) => key))
  const properties = new Map(fieldChanges.map(({ name, properties: some }) => [name, new Set(some.map(({ key }) => key))]))
  const fields = (patch.fields ?? []).flatMap((field) => {
    const changed = properties.get(field.name)
    return changed === undefined ? [] : [Object.fromEntries(Object.entries(field).filter(([key]) => key === 'name' || changed.has(key))) as Pick<Field, 'name'>] // it keeps its name
  })
  const rest = Object.fromEntries(Object.entries(patch).filter(([key]) => key !== 'fields' && keys.has(key))) as EntryPatch // a part of its own argument
  return fields.length === 0 ? rest : { ...rest, fields }
}

