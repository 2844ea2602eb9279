import type { LedgerItem, LedgerKind, LedgerState } from '@datong/contracts'
import type { OrganisationKey } from '@datong/demo-city'
import { entryOf, organisationOf, send, sessionOf, type Stage } from './context.ts'

interface Resource {
  readonly name: string
  readonly kind: LedgerKind
  readonly organisation: OrganisationKey
  readonly description: string
  readonly state?: LedgerState
  /** Name of the one above. */
  readonly partOf?: string
  /** Tables of the city whose data it holds. */
  readonly tables?: readonly string[]
  readonly operator?: string
  readonly protectionLevel?: number
  readonly since?: string
  readonly yearlyCost?: number
  readonly use?: { readonly used: number; readonly capacity: number; readonly unit: string }
}

const RESOURCES: readonly Resource[] = [
  { name: '市场主体登记系统', kind: 'system', organisation: 'market', description: '企业和个体工商户登记', protectionLevel: 3, since: '2019-03-01', yearlyCost: 860_000, operator: '澜海软件' },
  { name: '市场主体库', kind: 'database', organisation: 'market', description: '登记、许可和处罚数据', partOf: '市场主体登记系统', tables: ['enterprise', 'licence', 'penalty'], use: { used: 1.8, capacity: 4, unit: 'TB' } },
  { name: '企业信息核验接口', kind: 'interface', organisation: 'market', description: '按信用代码核验登记信息', partOf: '市场主体登记系统', tables: ['enterprise'], use: { used: 42_000, capacity: 100_000, unit: '次/日' } },
  { name: '停车诱导系统', kind: 'system', organisation: 'transport', description: '停车场备案和泊位诱导', tables: ['parking'], protectionLevel: 2, since: '2021-06-18', yearlyCost: 320_000 },
  { name: '公交智能调度系统', kind: 'system', organisation: 'transport', description: '线网、站点和班次', tables: ['bus-stop'], protectionLevel: 2, since: '2018-09-01', yearlyCost: 540_000 },
  { name: '空气质量预报模型', kind: 'model', organisation: 'ecology', description: '未来 72 小时空气质量预报', tables: ['air-quality'], since: '2024-01-15', yearlyCost: 180_000 },
  { name: '金税数据交换前置机', kind: 'computing', organisation: 'tax', description: '与省局交换数据的服务器', protectionLevel: 3, use: { used: 12, capacity: 32, unit: '核' } },
  { name: '欠税风险模型', kind: 'model', organisation: 'tax', description: '按登记和申报数据识别欠税风险', state: 'building' },
]

/** The bureau enters what there is, the resources that are missing. */
export async function keepLedger(stage: Stage): Promise<void> {
  const headers = await sessionOf(stage, 'steward')
  const { items } = (await send(stage, { url: '/api/v1/ledger?limit=200', headers })).json<{ items: LedgerItem[] }>()
  const ids = new Map(items.map(({ name, id }) => [name, id]))
  for (const { name, kind, organisation, description, state = 'running', partOf, tables = [], operator = '', protectionLevel = null, since = null, yearlyCost = null, use } of RESOURCES) {
    if (ids.has(name)) continue
    const payload = {
      name, kind, description, state, operator, protectionLevel, since, yearlyCost, organisation: organisationOf(stage, organisation), entryCodes: tables.map((table) => entryOf(stage, table)),
      partOf: partOf === undefined ? null : (ids.get(partOf) ?? null), used: use?.used ?? null, capacity: use?.capacity ?? null, unit: use?.unit ?? '',
    }
    const { id } = (await send(stage, { method: 'POST', url: '/api/v1/ledger', headers, payload })).json<LedgerItem>()
    ids.set(name, id)
  }
}
