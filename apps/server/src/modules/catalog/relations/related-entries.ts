import { type RelatedEntry, RELATION_KINDS } from '@datong/contracts'
import type { Caller } from '../../../platform/caller.ts'
import type { CatalogContext } from '../context.ts'
import type { EntryRecord } from '../entry/entry.ts'
import { isVisible, sightOf } from '../visibility.ts'

type Named = Pick<RelatedEntry, 'direction' | 'kind' | 'code'>

/** Entries that one names and those that name it, as far as the caller sees them. */
export async function relatedEntries({ entries, organisations }: CatalogContext, entry: EntryRecord, caller: Caller): Promise<RelatedEntry[]> {
  const inverse = await entries.relatedTo(entry.code)
  const named: Named[] = [
    ...entry.relations.map(({ kind, code }): Named => ({ direction: 'to', kind, code })),
    ...inverse.flatMap((other) => other.relations.filter(({ code }) => code === entry.code).map(({ kind }): Named => ({ direction: 'from', kind, code: other.code }))),
  ]
  const others = new Map([...await entries.findMany(entry.relations.map(({ code }) => code)), ...inverse].map((other) => [other.code, other]))
  const sight = sightOf(caller)
  const found = named.flatMap((one) => {
    const other = others.get(one.code)
    return other !== undefined && isVisible(other, sight) ? [{ ...one, title: other.title, organisation: organisations.ref(other.organisation), state: other.state }] : []
  })
  // What is related stands once, though both name each other.
  const once = found.filter((one, index) => one.kind !== 'related' || found.findIndex(({ kind, code }) => kind === 'related' && code === one.code) === index)
  return once.sort((a, b) => RELATION_KINDS.indexOf(a.kind) - RELATION_KINDS.indexOf(b.kind) || (a.direction < b.direction ? 1 : -1) * Number(a.direction !== b.direction) || (a.code < b.code ? -1 : 1))
}

/** An entry with only those relations whose other side the caller sees. */
export async function withSeenRelations({ entries }: Pick<CatalogContext, 'entries'>, entry: EntryRecord, caller: Caller): Promise<EntryRecord> {
  if (entry.relations.length === 0) return entry
  const sight = sightOf(caller)
  const seen = new Set((await entries.findMany(entry.relations.map(({ code }) => code))).flatMap((other) => (isVisible(other, sight) ? [other.code] : [])))
  return { ...entry, relations: entry.relations.filter(({ code }) => seen.has(code)) }
}
