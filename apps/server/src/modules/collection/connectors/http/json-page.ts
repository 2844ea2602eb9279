import { findRecords, isJsonObject, parseJson } from '@datong/tabular'
import { AppError } from '@datong/kernel'
import { readFile } from 'node:fs/promises'
import type { ItemsFile } from '../files/items-file.ts'
import { charsetOf, decoded } from './charset.ts'
import type { Page } from './page.ts'

/** A JSON answer: its objects at the path, or the longest list of objects nearest to the root. */
export async function takeJson({ file, contentType, host }: Page, items: ItemsFile, itemsPath: string | undefined, nextPath: string | undefined): Promise<string | null> {
  const unreadable = (reason: string): AppError => new AppError('collection/source-unreadable', { host, reason })
  let root: unknown
  try {
    root = parseJson(decoded(await readFile(file), charsetOf(contentType)))
  } catch {
    throw unreadable('not-json')
  }
  const list = itemsPath === undefined ? (Array.isArray(root) ? root : findRecords(root) ?? []) : valueAt(root, itemsPath)
  // Interfaces leave the list out, or say null, where there is nothing.
  const rows = list === null || list === undefined ? [] : Array.isArray(list) ? list as readonly unknown[] : [list]
  for (const row of rows) {
    if (!isJsonObject(row)) throw unreadable('no-objects')
    await items.add(row)
  }
  const next = nextPath === undefined ? undefined : valueAt(root, nextPath)
  return typeof next === 'string' && next !== '' ? next : typeof next === 'number' ? String(next) : null
}

/** The value at a path of names with points between; the whole name first, for names that have points in them (`@odata.nextLink`). */
function valueAt(root: unknown, path: string): unknown {
  if (!isJsonObject(root)) return undefined
  if (Object.hasOwn(root, path)) return root[path]
  const [first = '', ...rest] = path.split('.')
  return rest.length === 0 || !Object.hasOwn(root, first) ? undefined : valueAt(root[first], rest.join('.'))
}
