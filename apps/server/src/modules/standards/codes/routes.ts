import { operations } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { compareVersions, fateOf, fatesOf, spansOf } from '@datong/standards'
import { type Route, route } from '../../../platform/route.ts'
import type { StandardsContext } from '../context.ts'
import { abolishList } from '../items/abolish-list.ts'
import { type ListItem, versionsOf } from '../items/item.ts'
import { DIVISION_LIST } from '../items/registry.ts'
import { dayOf, treeOf, viewList, viewVersion } from '../view.ts'

/** Most differences that one answer lists. */
const MOST_DIFFERENCES = 1_000

export function codeRoutes(context: StandardsContext): Route[] {
  const { registry, cursors } = context
  const listOf = (id: string): ListItem => {
    const item = registry.standard().lists.get(id)
    if (item === undefined) throw new AppError('request/not-found')
    return item
  }
  const view = (item: ListItem) => viewList(item, registry.today(), item.id === DIVISION_LIST ? ownOf(item) : 0)
  const ownOf = (item: ListItem): number => {
    const today = registry.today()
    return (registry.codesAt(item.id, today)?.codes.length ?? 0) - (item.versions.find(({ version }) => version === registry.codesAt(item.id, today)?.version)?.codes.length ?? 0)
  }
  const brief = ({ code, name }: { code: string; name: string }) => ({ code, name })

  return [
    route(operations.listCodeLists, async ({ query }) => {
      const wanted = (query.q ?? '').trim().toLowerCase()
      const items = [...registry.standard().lists.values()].filter(({ body }) => [body.id, body.name, body.nameEn, body.source].some((text) => text.toLowerCase().includes(wanted)))
      return { items: items.toSorted((a, b) => Number(b.body.confirmed) - Number(a.body.confirmed) || (a.id < b.id ? -1 : 1)).map(view) }
    }),

    route(operations.getCodeList, async ({ params }) => {
      const item = listOf(params.id)
      return {
        list: view(item), versions: versionsOf(item).toSorted((a, b) => (a.from < b.from ? 1 : -1)).map((one) => ({ ...viewVersion(one), codes: one.codes.length, partial: one.partial === true })),
        elements: registry.inForce().filter(({ codeList }) => codeList === item.id).map(({ id, name }) => ({ id, name })),
      }
    }),

    route(operations.listCodes, async ({ params, query }) => {
      const { date = registry.today(), parent, q = '', limit = 20, cursor } = query
      const item = listOf(params.id)
      const version = registry.codesAt(item.id, date)
      if (version === undefined) return { items: [], nextCursor: null, total: 0, label: '', from: null }
      const fingerprint = { codes: item.id, date, parent, q, version: version.version }
      const from = cursor === undefined ? 0 : Number(cursors.decode(fingerprint, cursor)[0])
      const tree = treeOf(version.codes, item.body.hierarchy)
      const wanted = q.trim().toLowerCase()
      const codes = wanted === '' ? tree.below(parent ?? null) : version.codes.filter(({ code, name, aliases = [] }) => code.toLowerCase().startsWith(wanted) || [name, ...aliases].some((text) => text.toLowerCase().includes(wanted)))
      return {
        items: codes.slice(from, from + limit).map(tree.view), total: codes.length, label: version.label, from: dayOf(version.from),
        nextCursor: from + limit < codes.length ? cursors.encode(fingerprint, [from + limit]) : null,
      }
    }),

    route(operations.getCode, async ({ params, query }) => {
      const { date = registry.today(), to = registry.today() } = query
      const item = listOf(params.id)
      const version = registry.codesAt(item.id, date)
      const tree = treeOf(version?.codes ?? [], item.body.hierarchy)
      const code = tree.find(params.code)
      const spans = spansOf(versionsOf(item), params.code)
      if (code === undefined && spans.length === 0) throw new AppError('request/not-found')
      const fate = fateOf(versionsOf(item), params.code, date, to, item.body.hierarchy === 'division')
      return { code: code === undefined ? null : tree.view(code), path: tree.pathOf(params.code), spans, became: { kind: fate.kind, codes: fate.after.map(brief) } }
    }),

    route(operations.compareCodeList, async ({ params, query }) => {
      const item = listOf(params.id)
      const [from, to] = [query.from, query.to].map((number) => item.versions.find(({ version }) => version === number))
      if (from === undefined || to === undefined) throw new AppError('request/not-found')
      const { added, removed, renamed, unchanged } = compareVersions(from.codes, to.codes)
      const fates = fatesOf(from, to, item.body.hierarchy === 'division')
      return {
        unchanged, counts: { added: added.length, removed: removed.length, renamed: renamed.length }, added: added.slice(0, MOST_DIFFERENCES).map(brief), renamed: renamed.slice(0, MOST_DIFFERENCES),
        removed: removed.slice(0, MOST_DIFFERENCES).map(({ code, name }) => {
          const { kind, after } = fates.get(code) ?? { kind: 'gone', after: [] }
          return { code, name, fate: kind === 'recoded' || kind === 'replaced' ? kind : 'gone' as const, became: after.map(brief) }
        }),
      }
    }),

    route(operations.abolishCodeList, async ({ params, body, caller }) => view(await abolishList(context, params.id, body, caller))),
  ]
}
