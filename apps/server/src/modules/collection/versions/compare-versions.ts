import type { VersionComparison } from '@datong/contracts'
import type { FieldSchema } from '@datong/data-engine'
import { AppError } from '@datong/kernel'
import type { CollectionContext } from '../context.ts'
import { locate } from './lake.ts'
import type { VersionRow } from './version-store.ts'

export interface Between {
  readonly from: number
  readonly to: number
  /** Names of fields between commas; the entry's identifier when left out. */
  readonly key?: string
}

/** Two versions that are kept, and the fields by which their rows are the same. */
export interface ComparedVersions {
  readonly before: VersionRow
  readonly after: VersionRow
  readonly key: readonly string[]
}

/**
 * @param entry whoever may see it was asked before
 * @throws AppError `request/not-found`, `collection/version-gone`; `request/invalid` for a key that not both versions have
 */
export async function comparedVersions(context: CollectionContext, entry: { readonly code: string; readonly fields: readonly { readonly name: string; readonly identifier: boolean }[] }, { from, to, key }: Between): Promise<ComparedVersions> {
  const [before, after] = await Promise.all([from, to].map((number) => keptVersion(context, entry.code, number)))
  const inBoth = (name: string): boolean => [before!, after!].every((version) => version.manifest.fields.some((field) => field.name === name)) // two in, two out
  const asked = key === undefined ? undefined : key.split(',').map((name) => name.trim()).filter((name) => name !== '')
  const unknown = (asked ?? []).filter((name) => !inBoth(name))
  if (unknown.length > 0) throw new AppError('request/invalid', {}, unknown.map((name) => ({ pointer: '/query/key', code: 'unknown-field', message: `两个版本没有共同的字段“${name.slice(0, 80)}”` })))
  return { before: before!, after: after!, key: asked ?? entry.fields.filter(({ identifier, name }) => identifier && inBoth(name)).map(({ name }) => name) }
}

/** @throws AppError `request/not-found`; `collection/version-gone` for one that is kept no more */
async function keptVersion({ versions, lakes }: CollectionContext, entryCode: string, number: number): Promise<VersionRow> {
  const version = await versions.find(entryCode, number)
  if (version === undefined) throw new AppError('request/not-found')
  if ((await lakes.findEnd(entryCode, number)) !== undefined) throw new AppError('collection/version-gone', { code: entryCode, version: number })
  return version
}

/** What became of the rows, in figures. @throws AppError `data-engine/key-not-unique` */
export async function compareVersions(context: CollectionContext, code: string, { before, after, key }: ComparedVersions, signal?: AbortSignal): Promise<VersionComparison> {
  const refs = [before, after].map((row) => ({ files: locate(context.workspace, row).files, schema: row.manifest.fields }))
  const { added, removed, changed, unchanged, fields } = await context.engine.compare(refs[0]!, refs[1]!, { key, sample: 0 }, signal) // two in, two out
  return {
    code, from: before.number, to: after.number, key: [...key],
    rows: { before: before.row_count, after: after.row_count, added, removed, changed, unchanged },
    fields: fields.filter((field) => field.changed > 0).sort((a, b) => b.changed - a.changed),
    schema: schemaChange(before.manifest.fields, after.manifest.fields),
  }
}

function schemaChange(before: readonly FieldSchema[], after: readonly FieldSchema[]): VersionComparison['schema'] {
  const olds = new Map(before.map((field) => [field.name, field]))
  const news = new Map(after.map((field) => [field.name, field]))
  const bare = ({ name, type }: FieldSchema) => ({ name, type })
  return {
    added: after.filter(({ name }) => !olds.has(name)).map(bare),
    removed: before.filter(({ name }) => !news.has(name)).map(bare),
    retyped: after.flatMap(({ name, type }) => {
      const old = olds.get(name)
      return old === undefined || old.type === type ? [] : [{ name, before: old.type, after: type }]
    }),
  }
}
