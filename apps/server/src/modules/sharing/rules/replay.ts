import { type BodyOf, type operations, type ReplayItem, type ResponseOf, RULE_ATTRIBUTES, type RuleEffect } from '@datong/contracts'
import { AppError, uuidv7 } from '@datong/kernel'
import { setImmediate } from 'node:timers/promises'
import type { Caller, Reach } from '../../../platform/caller.ts'
import type { EntryRecord } from '../../catalog/index.ts'
import type { ApplicationRow } from '../sharing-store.ts'
import type { RulesContext } from './context.ts'
import { ruleEngine } from './engine.ts'
import { type Facts, PUBLIC_CODE } from './facts.ts'
import { gatherFacts } from './gather-facts.ts'
import { judge, weigh } from './judge.ts'
import type { RuleText } from './rule.ts'
import { requireSeen, ruleSightOf } from './sight.ts'
import { requireSound, scopeOf, textOf } from './write-rule.ts'

type Body = BodyOf<typeof operations.replayRule>
type Answer = ResponseOf<typeof operations.replayRule>

const MOST = 5_000
const YEAR_MS = 365 * 86_400_000
/** Other requests get their turn after so many applications: some milliseconds with 20 rules, some 20 with 200. */
const AT_ONCE = 10

const OUTCOMES: Record<ApplicationRow['state'], ReplayItem['outcome']> = {
  approved: 'granted', refused: 'refused', 'in-mediation': 'refused', upheld: 'refused', withdrawn: 'withdrawn', submitted: 'waiting', 'material-owed': 'waiting',
}

/**
 * Lets a rule, beside the others that are active, decide the applications of a period again, with what was known then.
 * Nothing changes. Costs one decision an application (see README for the rate) and reads at most the 5,000 newest.
 * @throws AppError `request/not-found`, `sharing/invalid-rule`
 */
export async function replayRule(context: RulesContext, body: Body, caller: Caller, reach: Reach): Promise<Answer> {
  const tested = await ruleOf(context, body, caller, reach)
  const others = (await context.rules.active()).filter(({ id }) => id !== tested.id)
  const rules = [...others, tested]
  const to = body.to === undefined ? context.clock.now() : new Date(body.to)
  const from = body.from === undefined ? new Date(to.getTime() - YEAR_MS) : new Date(body.from)
  const found = await context.rulings.applications({ from, to, limit: MOST + 1 }, reach === 'all' ? null : caller.organisation)
  const engine = await ruleEngine()
  const [set, setWithout] = [engine.prepare(rules), engine.prepare(others)]
  const replayed: Replayed[] = []
  try {
    for await (const past of recall(context, found.slice(0, MOST))) {
      const { effect, rule } = judge(past.facts, past.entry.legalBasis, rules, set)
      replayed.push({ ...past, wouldBe: effect, rule, without: judge(past.facts, past.entry.legalBasis, others, setWithout).effect })
      if (replayed.length % AT_ONCE === 0) await setImmediate()
    }
  } finally {
    set.release()
    setWithout.release()
  }
  const changed = replayed.filter(({ was, wouldBe }) => was !== wouldBe).length
  const byThisRule = replayed.filter(({ without, wouldBe }) => without !== wouldBe).length
  return {
    cedar: engine.text(tested), from: from.toISOString(), to: to.toISOString(), replayed: replayed.length, truncated: found.length > MOST,
    changed, byThisRule, counts: countsOf(replayed),
    items: replayed.toSorted((a, b) => weightOf(b) - weightOf(a)).slice(0, body.limit ?? 200).map((one) => viewItem(context, one, body.draft === undefined ? null : tested.id)),
  }
}

interface Past {
  readonly application: ApplicationRow
  readonly entry: EntryRecord
  readonly facts: Facts
  readonly known: ReplayItem['known']
  readonly was: RuleEffect
}
interface Replayed extends Past {
  readonly wouldBe: RuleEffect
  readonly without: RuleEffect
  readonly rule: RuleText | null
}

const weightOf = ({ was, without, wouldBe }: Replayed): number => (wouldBe !== without ? 2 : wouldBe !== was ? 1 : 0)

async function ruleOf(context: RulesContext, { ruleId, draft }: Body, caller: Caller, reach: Reach): Promise<RuleText> {
  const stored = ruleId === undefined ? undefined : requireSeen(await context.rules.find(ruleId), ruleSightOf(caller, reach))
  const id = stored?.id ?? uuidv7(context.clock, context.random)
  if (draft !== undefined) {
    const text = textOf(id, (stored?.version ?? 0) + 1, scopeOf(draft, caller), draft)
    await requireSound(text)
    return text
  }
  if (stored === undefined) throw new AppError('sharing/invalid-rule', {}, [{ pointer: '/draft', code: 'missing', message: '请给出规则草案，或已存规则的编号' }])
  return textOf(id, stored.version, stored.scope_organisation, { ...stored, legalBasis: stored.legal_basis })
}

/** Applications with what was known of them: kept at their filing, or worked out from the records before that moment. */
async function* recall(context: RulesContext, applications: readonly ApplicationRow[]): AsyncGenerator<Past> {
  const entries = new Map((await context.catalog.findMany([...new Set(applications.map((row) => row.entry_code))])).map((entry) => [entry.code, entry]))
  const rulings = await context.rulings.rulingsOf(applications.map(({ id }) => id))
  const isWhole = (facts: Partial<Facts> | undefined): facts is Facts => facts !== undefined && Object.keys(RULE_ATTRIBUTES).every((name) => name in facts)
  const open = applications.filter(({ id }) => !isWhole(rulings.get(id)?.facts))
  const histories = await context.rulings.histories(open.map((row) => (
    { organisation: row.consumer_organisation, applicantId: row.applicant_id, entryCode: row.entry_code, delivery: row.delivery, before: row.submitted_at })))
  const historyOf = new Map(open.map(({ id }, index) => [id, histories[index]]))
  const duties = await context.duties.of([...new Set(open.map((row) => row.consumer_organisation).filter((code) => code !== null))])
  for (const application of applications) {
    const entry = entries.get(application.entry_code)
    if (entry === undefined) continue
    const kept = rulings.get(application.id)
    const history = historyOf.get(application.id)
    const facts = isWhole(kept?.facts) ? kept.facts : {
      ...(await gatherFacts(context, { application, entry }, { duties, ...(history === undefined ? {} : { history }) })),
      // The entry may be shared otherwise today; the clock tells how it was.
      sharingType: application.clock_kind === 'answer-unconditional' ? 'unconditional' : 'conditional',
      ...kept?.facts,
    }
    const was = kept?.effect ?? judge(facts, entry.legalBasis, [], null).effect
    yield { application, entry, facts, was, known: kept === undefined ? 'reconstructed' : 'recorded' }
  }
}

function countsOf(replayed: readonly Replayed[]): Answer['counts'] {
  const counts = new Map<string, Answer['counts'][number]>()
  for (const { was, wouldBe } of replayed) {
    const key = `${was} ${wouldBe}`
    counts.set(key, { was, wouldBe, count: (counts.get(key)?.count ?? 0) + 1 })
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)
}

function viewItem(context: RulesContext, { application, facts, known, was, without, wouldBe, rule }: Replayed, draftId: string | null): ReplayItem {
  return {
    applicationId: application.id, number: application.number, entryTitle: application.entry_title,
    consumer: application.consumer_organisation === null ? { code: PUBLIC_CODE, name: '公众', nameEn: 'The public' } : context.organisations.ref(application.consumer_organisation),
    purpose: application.purpose, submittedAt: application.submitted_at.toISOString(), outcome: OUTCOMES[application.state], was, without, wouldBe,
    rule: rule === null ? null : { id: rule.id === draftId ? null : rule.id, name: rule.name },
    conditions: rule === null ? [] : weigh(rule.conditions, facts), known,
  }
}
