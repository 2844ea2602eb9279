import type { Form, FormField, FormSummary } from '@datong/contracts'
import { chinaDay } from '@datong/kernel'
import { organisationOf, providerOf, send, sessionOf, type Stage } from './context.ts'

const field = (change: Partial<FormField> & { name: string }): FormField => ({
  element: null, type: 'text', required: false, maxLength: null, scale: null, minimum: null, maximum: null, codeList: null, recognizer: null, help: null, ...change,
})

const FIELDS: readonly FormField[] = [
  field({ name: '窗口名称', required: true, maxLength: 30 }), field({ name: '所在楼层', type: 'integer', minimum: -2, maximum: 30 }), field({ name: '工作人员数', type: 'integer', required: true, minimum: 0 }),
  field({ name: '周末开放', type: 'boolean' }), field({ name: '启用日期', type: 'date', help: '如 2026-01-05' }), field({ name: '联系电话', recognizer: 'phone', maxLength: 20 }),
]

const TWO_WEEKS_MS = 14 * 24 * 3_600_000

/** What one department has filled in so far: one row still lacks something. */
const ROWS: readonly Readonly<Record<string, string>>[] = [
  { 窗口名称: '企业登记一窗', 所在楼层: '1', 工作人员数: '4', 周末开放: '是', 启用日期: '2025-03-01' },
  { 窗口名称: '食品许可窗口', 所在楼层: '1', 工作人员数: '3', 周末开放: '否', 启用日期: '2025年6月16日' },
  { 窗口名称: '知识产权咨询', 所在楼层: '二楼', 周末开放: '否' },
]

/** The bureau asks departments for their service windows, where one of them has begun, and each month for the cases handled. */
export async function askForWindows(stage: Stage): Promise<void> {
  const url = '/api/v1/collection/forms'
  const bureau = await sessionOf(stage, 'steward')
  const market = organisationOf(stage, 'market')
  const { items } = (await send(stage, { url, headers: bureau })).json<{ items: FormSummary[] }>()
  if (items.length > 0) return
  const form = (await send(stage, {
    method: 'POST', url, headers: bureau,
    payload: {
      title: '政务服务窗口情况', about: '每个对外服务的窗口填一行，有变化时取回修改后重新提交。', organisation: organisationOf(stage, 'bureau'), departments: [market, organisationOf(stage, 'tax')],
      fields: FIELDS, keyFields: ['窗口名称'], dueOn: chinaDay(new Date(stage.timeline.at(0, '9:00').getTime() + TWO_WEEKS_MS)),
    },
  })).json<Form>()
  await send(stage, { method: 'POST', url: `${url}/${form.id}/actions/open`, headers: bureau, payload: {} })
  await askEachMonth(stage, [market, organisationOf(stage, 'tax')])
  const headers = await sessionOf(stage, providerOf(stage, market))
  await send(stage, { method: 'POST', url: `${url}/${form.id}/rows`, headers, payload: { rows: ROWS.map((values) => ({ values })), remove: [] } })
}

/** A form that is asked for again and again; its latest period that is over is open. */
async function askEachMonth(stage: Stage, departments: readonly string[]): Promise<void> {
  const url = '/api/v1/collection/forms'
  const headers = await sessionOf(stage, 'steward')
  const designed = (await send(stage, {
    method: 'POST', url, headers,
    payload: {
      title: '办件情况月报', about: '每月结束后填报上月的办件情况；可以带入上期的事项再改数字。', organisation: organisationOf(stage, 'bureau'), departments,
      fields: [field({ name: '事项', required: true, maxLength: 50 }), field({ name: '受理件数', type: 'integer', required: true, minimum: 0 }), field({ name: '办结件数', type: 'integer', required: true, minimum: 0 })],
      keyFields: ['事项'], dueOn: null, schedule: { rhythm: 'monthly', keeps: 'together', opensDay: 1, dueDay: 5 },
    },
  })).json<Form>()
  const form = (await send(stage, { method: 'POST', url: `${url}/${designed.id}/actions/open`, headers, payload: {} })).json<Form>()
  // Late in a month the last one would not open by itself any more.
  const [, last] = form.openable
  if (form.round === null && last !== undefined) await send(stage, { method: 'POST', url: `${url}/${form.id}/rounds`, headers, payload: { period: last } })
}
