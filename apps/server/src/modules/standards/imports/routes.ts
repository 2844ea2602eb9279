import { operations } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { rawRoute, type Route, route } from '../../../platform/route.ts'
import type { StandardsContext } from '../context.ts'
import { viewImport } from '../view.ts'
import { applyImport, undoImport } from './apply-import.ts'
import { codeSheet, csvOf, elementSheet, xlsxOf } from './export.ts'
import { uploadRoute } from './upload-route.ts'

export function importRoutes(context: StandardsContext): Route[] {
  const { imports, registry } = context
  const find = async (id: string) => {
    const row = await imports.find(id)
    if (row === undefined) throw new AppError('request/not-found')
    return row
  }
  return [
    uploadRoute(context),
    route(operations.listStandardsImports, async ({ query }) => {
      const { rows, nextCursor } = await imports.list(query)
      return { items: rows.map(viewImport), nextCursor }
    }),
    route(operations.getStandardsImport, async ({ params, query }) => {
      const head = await find(params.id)
      return { import: viewImport(head), ...await imports.lines(params.id, query) }
    }),
    route(operations.actOnStandardsImport, async ({ params, body, caller }) => {
      await (params.action === 'apply' ? applyImport : undoImport)(context, params.id, body.reason, caller)
      return viewImport(await find(params.id))
    }),

    rawRoute(operations.exportStandards, async ({ query }, _, reply) => {
      const { kind, list, date = registry.today(), format = 'csv' } = query
      const version = kind === 'code-list' ? registry.codesAt(list ?? '', date) : undefined
      if (kind === 'code-list' && version === undefined) throw new AppError('request/not-found')
      const sheet = version === undefined ? elementSheet(registry.inForce()) : codeSheet(version.codes)
      const title = version === undefined ? '数据元' : list ?? ''
      const name = `${title}-${date}.${format}`
      void reply.header('content-disposition', `attachment; filename="standards.${format}"; filename*=UTF-8''${encodeURIComponent(name)}`)
      return format === 'csv' ? reply.type('text/csv; charset=utf-8').send(csvOf(sheet))
        : reply.type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet').send(xlsxOf(sheet, title))
    }),
  ]
}
