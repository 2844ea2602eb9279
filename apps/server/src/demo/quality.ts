import type { operations, QualityRuleDraft, ResponseOf } from '@datong/contracts'
import type { OrganisationKey } from '@datong/demo-city'
import { setTimeout as sleep } from 'node:timers/promises'
import { entryOf, organisationOf, providerOf, send, sessionOf, type Stage } from './context.ts'

interface Kept {
  readonly table: string
  readonly owner: OrganisationKey
  /** Suggested rules that the department takes: a kind on whichever fields it is suggested for, or on one (`kind:field`). */
  readonly takes: readonly string[]
  /** Rules that its officers write themselves. */
  readonly writes?: readonly QualityRuleDraft[]
}

/** What departments hold their registers against. */
const KEPT: readonly Kept[] = [
  { table: 'enterprise', owner: 'market', takes: ['credit-code', 'duplicate-rows', 'garbled-text:经营范围', 'not-blank:住所', 'not-blank:法定代表人'] },
  { table: 'food-licence', owner: 'market', takes: ['column-order', 'not-blank:联系电话', 'phone'] },
  {
    table: 'penalty', owner: 'market', takes: ['credit-code', 'duplicate-rows', 'garbled-text:违法行为类型'],
    writes: [{ kind: 'not-null', title: '处罚决定日期必填', field: '处罚决定日期', parameters: {}, severity: 'critical', toleranceShare: 0.02, note: '信用修复期限由决定日期起算' }],
  },
  { table: 'social-insurance', owner: 'labour', takes: ['citizen-number', 'citizen-number-agrees', 'real-date', 'not-null:联系电话'] },
  { table: 'bus-stop', owner: 'transport', takes: ['duplicate-rows', 'reachable'] },
  { table: 'school', owner: 'education', takes: ['phone', 'not-null:校长', 'unique'] },
]

const CHECK_LIMIT_MS = 30_000

/** Departments take suggested rules and write some of their own; what was done before stays. */
export async function keepQuality(stage: Stage): Promise<void> {
  for (const { table, owner, takes, writes = [] } of KEPT) {
    const headers = await sessionOf(stage, providerOf(stage, organisationOf(stage, owner)))
    const base = `/api/v1/quality/entries/${entryOf(stage, table)}`
    if ((await rulesOf(stage, base, headers)).items.length > 0) continue
    const { items } = (await send(stage, { url: `${base}/suggestions`, headers })).json<ResponseOf<typeof operations.suggestRules>>()
    const keys = items.filter(({ kind, field }) => takes.includes(kind) || takes.includes(`${kind}:${field ?? ''}`)).map(({ key }) => key)
    if (keys.length > 0) await send(stage, { method: 'POST', url: `${base}/suggestions/accept`, headers, payload: { keys } })
    for (const rule of writes) await send(stage, { method: 'POST', url: `${base}/rules`, headers, payload: rule })
    // The next scene is of another hour: what the rules find belongs to this one.
    for (const end = Date.now() + CHECK_LIMIT_MS; (await rulesOf(stage, base, headers)).checking && Date.now() < end;) await sleep(20, undefined, { signal: stage.signal })
  }
}

const rulesOf = async (stage: Stage, base: string, headers: { authorization: string }) =>
  (await send(stage, { url: `${base}/rules`, headers })).json<ResponseOf<typeof operations.listEntryRules>>()
