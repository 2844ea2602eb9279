import { operations } from '@datong/contracts'
import { chinaDay } from '@datong/kernel'
import type { Caller } from '../../../platform/caller.ts'
import { rawRoute, type Route, route } from '../../../platform/route.ts'
import { actOnBulk } from './act-on-bulk.ts'
import type { BulkContext } from './context.ts'
import { entriesToExport, exportFile } from './export.ts'
import { requireImport } from './find-import.ts'
import { previewBulk } from './preview-bulk.ts'
import { uploadRoute } from './upload-route.ts'
import { viewImport, viewRow } from './view.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export function bulkRoutes(context: BulkContext): Route[] {
  const { bulk, clock } = context
  const shown = async (id: string, caller: Caller) => viewImport(context, await requireImport(context, id, caller), (await bulk.tallies([id])).get(id))
  return [
    uploadRoute(context),

    rawRoute(operations.exportEntries, async ({ query, caller }, request, reply) => {
      const { format = 'xlsx', lang } = query
      const english = lang === undefined ? /^\s*en\b/i.test(request.headers['accept-language'] ?? '') : lang === 'en'
      const entries = await entriesToExport(context, query, caller)
      const name = `${english ? 'entries' : '目录'}-${chinaDay(clock.now())}.${format}`
      void reply.header('content-disposition', `attachment; filename="entries.${format}"; filename*=UTF-8''${encodeURIComponent(name)}`)
      return reply.type(format === 'csv' ? 'text/csv; charset=utf-8' : XLSX).send(exportFile(context, entries, format, english))
    }),

    route(operations.listBulkImports, async ({ query, caller, reach }) => {
      const { rows, nextCursor } = await bulk.list(reach === 'all' ? undefined : caller.organisation, query)
      const tallies = await bulk.tallies(rows.map(({ id }) => id))
      return { items: rows.map((row) => viewImport(context, row, tallies.get(row.id))), nextCursor }
    }),

    route(operations.getBulkImport, async ({ params: { id }, caller }) => {
      const head = await requireImport(context, id, caller)
      return { import: viewImport(context, head, (await bulk.tallies([id])).get(id)), source: head.source, mapping: head.mapping }
    }),

    route(operations.listBulkRows, async ({ params: { id }, query, caller }) => {
      await requireImport(context, id, caller)
      const { rows, nextCursor, total } = await bulk.rows(id, query)
      return { items: rows.map(viewRow), nextCursor, total }
    }),

    route(operations.previewBulkImport, async ({ params: { id }, body, caller }) => {
      await previewBulk(context, id, body, caller)
      return shown(id, caller)
    }),

    route(operations.actOnBulkImport, async ({ params: { id, action }, body, caller }) => {
      await actOnBulk(context, id, action, body.reason, caller)
      return shown(id, caller)
    }),
  ]
}
