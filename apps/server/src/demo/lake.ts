import type { View } from '@datong/contracts'
import { setTimeout as sleep } from 'node:timers/promises'
import { entryOf, organisationOf, providerOf, send, sessionOf, type Stage } from './context.ts'

const POLL_MS = 150

const COMPANIES = '企业许可处罚主题信息'
const DISTRICTS = '各区市场监管概览'

/** What the department asked first, and what it asks since people missed the sum of fines. */
const companies = (more: string): string => `select e.统一社会信用代码, e.企业名称, e.行政区划代码, e.行业名称, e.登记状态,
  coalesce(l.有效许可数, 0) as 有效许可数, coalesce(p.处罚次数, 0) as 处罚次数${more}
from 企业 e
left join (select 行政相对人代码, count(*) as 有效许可数 from 许可 where 有效期至::text >= '2026-01-01' group by 1) l
  on l.行政相对人代码 = e.统一社会信用代码
left join (select 统一社会信用代码, count(*) as 处罚次数, sum(nullif(regexp_replace("罚款金额（万元）"::text, '[^0-9.]', '', 'g'), '')::numeric(18, 4)) as 罚款合计 from 处罚 group by 1) p
  on p.统一社会信用代码 = e.统一社会信用代码`

const BY_DISTRICT = `select 行政区划代码, count(*) as 企业数,
  count(*) filter (where 处罚次数 > 0) as 受罚企业数, sum("罚款合计（万元）") as "罚款合计（万元）"
from 主题 group by 1`

/** A department makes a topic of its registers, and an overview for one use of the topic; what is there already stays. */
export async function makeViews(stage: Stage): Promise<void> {
  const headers = await sessionOf(stage, providerOf(stage, organisationOf(stage, 'market')))
  const there = (await send(stage, { url: '/api/v1/collection/views?limit=100', headers })).json<{ items: View[] }>().items
  const input = (name: string, entryCode: string): object => ({ name, entryCode })
  const inputs = [input('企业', entryOf(stage, 'enterprise')), input('许可', entryOf(stage, 'licence')), input('处罚', entryOf(stage, 'penalty'))]
  const make = async (title: string, layer: 'topic' | 'service', sql: string, of: readonly object[]): Promise<View> => {
    const view = there.find((one) => one.title === title)
      ?? (await send(stage, { method: 'POST', url: '/api/v1/collection/views', headers, payload: { title, layer, sql, inputs: of } })).json<View>()
    return built(stage, view.entryCode, headers)
  }
  const topic = await make(COMPANIES, 'topic', companies(''), inputs)
  if (topic.version === 1) {
    const payload = { sql: companies(', coalesce(p.罚款合计, 0) as "罚款合计（万元）"'), inputs, revision: topic.revision }
    await send(stage, { method: 'PUT', url: `/api/v1/collection/entries/${topic.entryCode}/view`, headers, payload })
    await built(stage, topic.entryCode, headers)
  }
  await make(DISTRICTS, 'service', BY_DISTRICT, [input('主题', topic.entryCode)])
}

/** The view when its data are of what it asks now, and are the current ones. */
async function built(stage: Stage, code: string, headers: { authorization: string }): Promise<View> {
  for (;;) {
    const view = (await send(stage, { url: `/api/v1/collection/entries/${code}/view`, headers })).json<View>()
    const { items } = (await send(stage, { url: `/api/v1/collection/entries/${code}/versions`, headers })).json<{ items: { current: boolean }[] }>()
    if (!view.stale && items[0]?.current === true) return view
    const { items: loads } = (await send(stage, { url: `/api/v1/collection/loads?entryCode=${code}&state=failed&limit=1`, headers })).json<{ items: { error: { code: string } | null }[] }>()
    if (loads[0] !== undefined) throw new Error(`the view ${code} could not be built: ${loads[0].error?.code ?? ''}`)
    await sleep(POLL_MS, undefined, { signal: stage.signal })
  }
}
