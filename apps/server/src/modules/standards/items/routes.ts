import { operations } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { foldName, pinyinOf } from '@datong/standards'
import { holds, type Caller } from '../../../platform/caller.ts'
import { type Route, route } from '../../../platform/route.ts'
import type { StandardsContext } from '../context.ts'
import { viewContent, viewElement, viewVersion } from '../view.ts'
import { actOnElement, ELEMENT_MACHINE } from './act-on-element.ts'
import type { ElementItem } from './item.ts'
import { saveElement } from './save-element.ts'

/** How old counts of uses may be. */
const COUNTS_KEPT_MS = 60_000

export function elementRoutes(context: StandardsContext): Route[] {
  const { registry, mappings, cursors, organisations, clock } = context
  let counted: { at: number; uses: Promise<ReadonlyMap<string, number>> } | undefined
  // Counting reads all mappings, and the list is for everybody.
  const countUses = (): Promise<ReadonlyMap<string, number>> => {
    const now = clock.now().getTime()
    if (counted === undefined || now - counted.at > COUNTS_KEPT_MS) {
      const uses = mappings.useCounts()
      counted = { at: now, uses }
      uses.catch(() => (counted = undefined))
    }
    return counted.uses
  }
  // What is not published yet is the steward's own work.
  const seen = (caller: Caller) => (item: ElementItem): boolean => item.version > 0 || holds(caller, 'steward')
  const countOf = (items: readonly ElementItem[], key: (item: ElementItem) => string) =>
    [...Map.groupBy(items, key)].map(([value, those]) => ({ value, count: those.length })).toSorted((a, b) => b.count - a.count)

  return [
    route(operations.listElements, async ({ query, caller }) => {
      const { q = '', limit = 20, cursor, category, state, codeList, confirmed } = query
      const fingerprint = { list: 'elements', q, category, state, codeList, confirmed }
      const from = cursor === undefined ? 0 : Number(cursors.decode(fingerprint, cursor)[0])
      const all = search([...registry.standard().elements.values()].filter(seen(caller)), q)
        .filter(({ body }) => (codeList === undefined || body.codeList === codeList) && (confirmed === undefined || body.confirmed === confirmed))
      const fits = all.filter((item) => (category === undefined || item.body.category === category) && (state === undefined || item.state === state))
      const uses = await countUses()
      return {
        items: fits.slice(from, from + limit).map((item) => viewElement(item, uses.get(item.id) ?? 0)), total: fits.length,
        nextCursor: from + limit < fits.length ? cursors.encode(fingerprint, [from + limit]) : null,
        facets: { category: countOf(all, ({ body }) => body.category), state: countOf(all, (item) => item.state) },
      }
    }),

    route(operations.getElement, async ({ params, caller }) => {
      const item = registry.standard().elements.get(params.id)
      if (item === undefined || !seen(caller)(item)) throw new AppError('request/not-found')
      const steward = holds(caller, 'steward')
      return {
        element: viewElement(item, (await countUses()).get(item.id) ?? 0), proposal: item.proposal === null || !steward ? null : viewContent(item.proposal),
        versions: item.versions.map((one) => ({ ...viewVersion(one), content: viewContent(one.content) })).toReversed(),
        allowedActions: !steward ? [] : [...(item.state === 'abolished' ? [] : ['edit' as const]), ...ELEMENT_MACHINE[item.state]],
      }
    }),

    route(operations.elementUses, async ({ params, caller }) => {
      if (!registry.standard().elements.has(params.id)) throw new AppError('request/not-found')
      const uses = await mappings.usesOf(params.id)
      const visible = await context.visible([...new Set(uses.map(({ entryCode }) => entryCode))], caller)
      const items = uses.filter(({ entryCode }) => visible.has(entryCode)).map((one) => ({ ...one, organisation: organisations.ref(one.organisation) }))
      return { items: items.slice(0, 200), total: items.length }
    }),

    route(operations.saveElement, async ({ params, body, caller }) => viewElement(await saveElement(context, params.id, body, caller), 0)),
    route(operations.actOnElement, async ({ params, body, caller }) => viewElement(await actOnElement(context, params.id, params.action, body, caller), 0)),
  ]
}

/** Those whose identifier, names, initials of pinyin or definition have the words, the best first; all by identifier without words. */
function search(items: readonly ElementItem[], words: string): ElementItem[] {
  const wanted = foldName(words)
  if (wanted === '') return items.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const scored = items.flatMap((item): { item: ElementItem; score: number }[] => {
    const names = [item.body.name, item.body.nameEn, ...item.body.synonyms].map(foldName)
    const score = names[0] === wanted || foldName(item.id) === wanted ? 5 : names.includes(wanted) ? 4 : names[0]?.startsWith(wanted) ? 3.5
      : names.some((name) => name.includes(wanted)) ? 3 : /^[a-z]{2,}$/.test(wanted) && pinyinOf(item.body.name).initials.startsWith(wanted) ? 2.5
        : item.body.definition.includes(words.trim()) ? 1 : names.some((name) => name.length > 2 && wanted.includes(name)) ? 0.5 : 0
    return score === 0 ? [] : [{ item, score }]
  })
  return scored.toSorted((a, b) => b.score - a.score || (a.item.id < b.item.id ? -1 : 1)).map(({ item }) => item)
}
