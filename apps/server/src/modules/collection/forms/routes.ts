import { operations } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import type { Caller, Reach } from '../../../platform/caller.ts'
import { rawRoute, route, type Route } from '../../../platform/route.ts'
import { actOnForm } from './act-on-form.ts'
import { actOnRound, openRoundByHand } from './act-on-round.ts'
import { actOnTask } from './act-on-task.ts'
import { beginRows } from './begin-rows.ts'
import type { CollectionContext } from '../context.ts'
import { changeForm, createForm } from './save-form.ts'
import { saveRows } from './save-rows.ts'
import type { FormRecord } from './tables.ts'
import { templateOf } from './template.ts'
import { viewForm, viewForms, viewRow } from './view-form.ts'

const SHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export function formRoutes(context: CollectionContext): Route[] {
  const { forms } = context

  /** Forms that a department does not fill in, and those not opened yet, are as unknown to it as those that do not exist. */
  const requireForm = async (id: string, caller: Caller, reach: Reach): Promise<FormRecord> => {
    const form = await forms.find(id)
    if (form === undefined || form.state === 'removed') throw new AppError('request/not-found')
    if (reach === 'all') return form
    if (form.state === 'draft' || !(await forms.asks(id, caller.organisation ?? ''))) throw new AppError('request/not-found')
    return form
  }

  return [
    route(operations.listForms, async ({ query, caller, reach }) => {
      if (reach !== 'all' && caller.organisation === null) return { items: [], nextCursor: null }
      const { rows, nextCursor } = await forms.list(query, reach === 'all' ? null : caller.organisation)
      return { items: await viewForms(context, rows, caller), nextCursor }
    }),
    route(operations.createForm, async ({ body, caller }) => viewForm(context, await createForm(context, body, caller), undefined, caller)),
    route(operations.getForm, async ({ params, query, caller, reach }) => viewForm(context, await requireForm(params.id, caller, reach), query.round, caller)),
    route(operations.changeForm, async ({ params, body, caller }) => viewForm(context, await changeForm(context, params.id, body, caller), undefined, caller)),
    route(operations.actOnForm, async ({ params, body, caller }) => viewForm(context, await actOnForm(context, params.id, params.action, body.reason, caller), undefined, caller)),
    route(operations.listFormRows, async ({ params, query, caller }) => {
      // Rows are for the department that fills them in, whatever else a caller may see.
      await requireForm(params.id, caller, 'own')
      const round = await forms.findRound(null, params.id, query.round)
      if (round === undefined) return { items: [], nextCursor: null, total: 0 }
      const part = { form_id: params.id, round: round.number, organisation: caller.organisation ?? '' }
      const [{ rows, nextCursor }, total] = await Promise.all([forms.listRows(part, query), forms.countRows(null, part)])
      return { items: rows.map(viewRow), nextCursor, total }
    }),
    route(operations.saveFormRows, async ({ params, body, caller }) => {
      const { rows, total } = await saveRows(context, params.id, body, caller)
      return { items: rows.map(viewRow), total }
    }),
    route(operations.actOnFormTask, async ({ params, body, caller, reach }) => {
      await requireForm(params.id, caller, reach)
      await actOnTask(context, params.id, body.round, params.organisation, params.action, body.reason, caller)
      return viewForm(context, await requireForm(params.id, caller, reach), body.round, caller)
    }),
    route(operations.openFormRound, async ({ params, body, caller }) => {
      const { form, round } = await openRoundByHand(context, params.id, body, caller)
      return viewForm(context, form, round.number, caller)
    }),
    route(operations.actOnFormRound, async ({ params, body, caller }) => {
      const { id, round, action } = params
      return viewForm(context, await actOnRound(context, id, round, action, body.reason, caller), round, caller)
    }),
    route(operations.beginFormRows, async ({ params, caller }) => ({ rows: await beginRows(context, params.id, params.round, caller) })),
    rawRoute(operations.formTemplate, async ({ params, caller, reach }, _request, reply) => {
      const form = await requireForm(params.id, caller, reach)
      return reply.header('content-type', SHEET).header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(form.title)}.xlsx`).send(await templateOf(context, form))
    }),
  ]
}
