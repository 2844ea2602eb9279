import type { CodeListView, CodeView, DataElementView, ElementContent, MappedField, StandardsImport } from '@datong/contracts'
import { type Code, type DataElement, parentOf, writeReason } from '@datong/standards'
import type { ImportHead } from './imports/import-store.ts'
import { type ElementItem, type ItemVersion, type ListItem, listAt, SEED_DAY, versionsOf } from './items/item.ts'
import type { MeasuredField } from './tables.ts'

/** The day of what came with the program is nobody's: null. */
export const dayOf = (from: string): string | null => (from <= SEED_DAY ? null : from)

export const viewContent = ({ id: _, ...element }: DataElement): ElementContent => ({ ...element, recognizers: [...element.recognizers], synonyms: [...element.synonyms] })

export function viewElement(item: ElementItem, usedBy: number): DataElementView {
  const newest = item.versions.at(-1)
  return {
    id: item.id, ...viewContent(item.body), state: item.state, version: item.version, inForceFrom: newest === undefined ? null : dayOf(newest.from),
    abolishedFrom: item.abolishedFrom, replacedBy: item.replacedBy, revision: item.revision, usedBy,
  }
}

export const viewVersion = ({ version, label, from, publishedAt, publishedBy, reason }: ItemVersion<unknown>) => ({
  version, label, inForceFrom: dayOf(from), publishedAt: publishedAt?.toISOString() ?? null, publishedBy, reason,
})

export function viewList(item: ListItem, today: string, extra = 0): CodeListView {
  const { id, name, nameEn, source, confirmed, hierarchy } = item.body
  const current = listAt(item, today) ?? versionsOf(item).at(-1)
  return {
    id, name, nameEn, source, confirmed, hierarchy, state: item.state, label: current?.label ?? '', inForceFrom: current === undefined ? null : dayOf(current.from), abolishedFrom: item.abolishedFrom,
    codes: (current?.codes.length ?? 0) + extra, partial: current?.partial === true, versions: versionsOf(item).length, revision: item.revision,
  }
}

/** A version's codes as a tree, made once for an answer. */
export function treeOf(codes: readonly Code[], hierarchy: ListItem['body']['hierarchy']) {
  const byCode = new Map(codes.map((code) => [code.code, code]))
  const has = (code: string): boolean => byCode.has(code)
  const above = new Map(codes.map((code) => [code.code, parentOf(code, hierarchy, has)]))
  const below = Map.groupBy(codes, ({ code }) => above.get(code) ?? null)
  const view = ({ code, name, nameEn }: Code): CodeView => ({ code, name, nameEn: nameEn ?? null, parent: above.get(code) ?? null, below: below.get(code)?.length ?? 0 })
  const pathOf = (code: string): { code: string; name: string }[] => {
    const path: { code: string; name: string }[] = []
    for (let at = above.get(code) ?? null; at !== null && path.length < DEEPEST; at = above.get(at) ?? null) path.unshift({ code: at, name: byCode.get(at)?.name ?? at })
    return path
  }
  return { view, below: (parent: string | null) => below.get(parent) ?? [], find: (code: string) => byCode.get(code), pathOf }
}

/** A file may put codes in a circle. */
const DEEPEST = 20

export const viewImport = (row: ImportHead): StandardsImport => ({
  id: row.id, kind: row.kind, list: row.list, label: row.label, fileName: row.file_name, state: row.state, inForceFrom: row.in_force_from, counts: row.counts,
  madeAt: row.made_at.toISOString(), madeBy: row.made_by, appliedAt: row.applied_at?.toISOString() ?? null, undoneAt: row.undone_at?.toISOString() ?? null, undoable: row.state === 'applied',
})

export const viewField = ({ candidates, aspects, faults, ...field }: MeasuredField): MappedField => ({
  ...field, aspects: [...aspects], faults: faults.map(writeReason),
  candidates: candidates.map(({ element, confidence, reasons }) => ({ element, confidence, reasons: reasons.map(writeReason) })),
})
