import type { Demand, Responsibility } from '@datong/contracts'
import type { OrganisationKey } from '@datong/demo-city'
import { entryOf, organisationOf, providerOf, send, sessionOf, type Stage } from './context.ts'

/** What departments must share: department, duty, basis, data, the table that fulfils it, days from the present. */
const RESPONSIBILITIES: readonly (readonly [OrganisationKey, string, string, string, string | null, number | null])[] = [
  ['transport', '停车场备案管理', '《道路交通安全法》', '停车场基本信息', 'parking', null],
  ['transport', '公共交通线网管理', '《城市公共交通条例》', '公交站点信息', 'bus-stop', null],
  ['transport', '出租汽车经营许可', '《巡游出租汽车经营服务管理规定》', '出租汽车经营许可信息', null, -12],
  ['ecology', '环境空气质量监测', '《大气污染防治法》', '空气质量监测数据', 'air-quality', null],
  ['ecology', '排污许可', '《排污许可管理条例》', '排污许可证信息', null, 20],
  ['tax', '纳税申报管理', '《税收征收管理法》', '纳税申报信息', 'tax-filing', 15],
]

/** What others ask for: who files it, in which words, who asks for the same, and what came of it. */
const DEMANDS: readonly {
  readonly by: string
  readonly title: string
  readonly description: string
  readonly support: readonly string[]
  readonly to?: OrganisationKey
  readonly answer?: { readonly step: 'accept' | 'refuse'; readonly reason: string }
}[] = [
  { by: 'developer', title: '实时停车泊位', description: '做停车导航应用，需要各停车场实时空余泊位数，最好每分钟更新。', support: ['consumer'], to: 'transport', answer: { step: 'accept', reason: '已列入数据更新计划，年底前接入实时泊位。' } },
  { by: 'developer', title: '公共充电桩位置和状态', description: '为电动车主提供充电地图，需要位置、功率和是否空闲。', support: ['consumer', 'leader'] },
  { by: 'developer', title: '居民个人缴税明细', description: '用于个人信用评估。', support: [], to: 'tax', answer: { step: 'refuse', reason: '涉及个人涉税信息，不予开放；本人可以在电子税务局查询。' } },
  { by: 'consumer', title: '出租汽车经营许可', description: '核查网约车平台的车辆和驾驶员资质。', support: [], to: 'transport' },
]

/** The bureau writes the responsibility list, the items that are missing. */
export async function writeResponsibilities(stage: Stage): Promise<void> {
  const headers = await sessionOf(stage, 'steward')
  const { items } = (await send(stage, { url: '/api/v1/lists/responsibilities?limit=200', headers })).json<{ items: Responsibility[] }>()
  const there = new Set(items.map(({ item }) => item))
  for (const [organisation, item, legalBasis, dataNamed, table, days] of RESPONSIBILITIES) {
    if (there.has(item)) continue
    const dueOn = days === null ? null : new Date(Date.parse(stage.progress.state.present) + days * 86_400_000).toISOString().slice(0, 10)
    await send(stage, {
      method: 'POST', url: '/api/v1/lists/responsibilities', headers,
      payload: { organisation: organisationOf(stage, organisation), item, legalBasis, dataNamed, dueOn, entryCode: table === null ? null : entryOf(stage, table) },
    })
  }
}

/** People ask for data, others for the same, the bureau assigns, departments answer; what was done before stays. */
export async function fileDemands(stage: Stage): Promise<void> {
  const steward = await sessionOf(stage, 'steward')
  const { items } = (await send(stage, { url: '/api/v1/demands?limit=200', headers: steward })).json<{ items: Demand[] }>()
  for (const { by, title, description, support, to, answer } of DEMANDS) {
    if (items.some((one) => one.title === title)) continue
    const { id } = (await send(stage, { method: 'POST', url: '/api/v1/demands', headers: await sessionOf(stage, by), payload: { title, description } })).json<Demand>()
    for (const other of support) await send(stage, { method: 'PUT', url: `/api/v1/demands/${id}/support`, headers: await sessionOf(stage, other), payload: { support: true } })
    if (to === undefined) continue
    await send(stage, { method: 'POST', url: `/api/v1/demands/${id}/actions/assign`, headers: steward, payload: { organisation: organisationOf(stage, to) } })
    if (answer === undefined) continue
    const officer = await sessionOf(stage, providerOf(stage, organisationOf(stage, to)))
    await send(stage, { method: 'POST', url: `/api/v1/demands/${id}/actions/${answer.step}`, headers: officer, payload: { reason: answer.reason } })
  }
}
