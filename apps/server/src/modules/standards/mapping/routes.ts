import { operations } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import { addCounts, conformityShare, type ConformityCounts } from '@datong/standards'
import { type Route, route } from '../../../platform/route.ts'
import type { StandardsContext } from '../context.ts'
import { viewField } from '../view.ts'
import type { MappingRow } from './mapping-store.ts'
import { enqueueRemeasure } from './remeasure.ts'

export function mappingRoutes(context: StandardsContext): Route[] {
  const { mappings, organisations } = context
  const figures = (counts: ConformityCounts) => ({ fields: counts.fields, mapped: counts.mapped, conforming: counts.conforming, conformity: conformityShare(counts) })
  const view = (row: MappingRow) => ({
    entryCode: row.entry_code, title: row.title, organisation: organisations.ref(row.organisation), version: row.version, measuredAt: row.measured_at.toISOString(),
    ...figures({ fields: row.field_count, mapped: row.mapped, conforming: row.conforming }),
  })
  return [
    route(operations.conformity, async ({ caller, reach }) => {
      const rows = await mappings.byOrganisation()
      // The city's figure is for all who work with it; a department sees itself beside it.
      const departments = rows.filter(({ organisation }) => reach === 'all' || organisation === caller.organisation)
      return {
        city: { ...figures(addCounts(rows)), entries: rows.reduce((sum, { entries }) => sum + entries, 0) },
        departments: departments.map((row) => ({ organisation: organisations.ref(row.organisation), entries: row.entries, ...figures(row) })),
      }
    }),

    route(operations.listEntryConformity, async ({ caller, reach, query }) => {
      const { rows, nextCursor, total } = await mappings.list(query, reach === 'all' ? query.organisation : caller.organisation ?? '')
      return { items: rows.map(view), nextCursor, total }
    }),

    route(operations.getEntryConformity, async ({ params, caller }) => {
      await context.requireVisible(params.code, caller)
      const row = await mappings.find(params.code)
      if (row === undefined) throw new AppError('request/not-found')
      const named = new Set(row.fields.flatMap(({ element, candidates }) => [...(element === null ? [] : [element]), ...candidates.map((one) => one.element)]))
      const elements = [...named].flatMap((id) => context.registry.standard().elements.get(id)?.body ?? []).map(({ id, name, nameEn }) => ({ id, name, nameEn }))
      return { ...view(row), items: row.fields.map(viewField), elements }
    }),

    route(operations.measureConformity, async () => {
      await inTransaction(context.db, (trx) => enqueueRemeasure(trx, context, { elements: [], lists: [], all: true }))
      return {}
    }),
  ]
}
