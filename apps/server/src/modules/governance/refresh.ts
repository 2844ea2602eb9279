import type { Actor } from '@datong/contracts'
import { chinaDay } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { PublishedEntry } from '../catalog/index.ts'
import type { GrantInForce } from '../sharing/index.ts'
import type { GovernanceContext } from './context.ts'
import { type CreditFacts, creditScore, type Share } from './credit/score.ts'
import { daysBetween, findSleeping } from './sleeping/find-sleeping.ts'

const SYSTEM: Actor = { kind: 'system', id: 'governance', name: '系统：每日核算', organisation: null }
const YEAR_MS = 365 * 86_400_000
const MOST_STARS = 5

/**
 * The daily work: finds what sleeps, tells both sides once for each sleep, tells consumers which evaluations they owe, and
 * works out every department's credit score.
 * Safe to run often and in several processes: scores are made once a day, sleeping data are replaced.
 * @returns false when another process is at it
 */
export async function refresh(context: GovernanceContext): Promise<boolean> {
  const { clock, catalog, sharing, delivery, tickets, store, sleepingAfterDays } = context
  const now = clock.now()
  const yearAgo = new Date(now.getTime() - YEAR_MS)
  const [entries, grants, uses, conducts, mendings] = await Promise.all([
    catalog.publishedEntries(), sharing.grantsInForce(), delivery.lastUses(), sharing.conductSince(yearAgo), tickets.mendingSince(yearAgo),
  ])
  const sleeping = findSleeping(entries, grants, uses, now, sleepingAfterDays)
  const asleep = new Set(sleeping.map(({ kind, id }) => `${kind} ${id}`))
  const mine = await inTransaction(context.db, async (trx) => {
    if (!(await store.lockRefresh(trx))) return false
    await store.replaceSleeping(trx, sleeping)
    const day = chinaDay(now)
    if (await store.hasCredit(trx, day)) return true
    const conductOf = new Map(conducts.map((conduct) => [conduct.organisation, conduct]))
    const mendingOf = new Map(mendings.map(({ organisation, mending }) => [organisation, mending]))
    const scores = context.organisations.codes().map((organisation) => {
      const { punctuality = NONE, evaluation = NONE, violations = 0 } = conductOf.get(organisation) ?? {}
      const facts: CreditFacts = {
        punctuality, evaluation, violations, quality: qualityOf(organisation, entries), mending: mendingOf.get(organisation) ?? NONE, use: useOf(organisation, entries, grants, asleep),
      }
      return { organisation, ...creditScore(facts) }
    })
    await store.insertCredit(trx, scores.map(({ organisation, score, components, violations }) => ({
      day, organisation, score, violations, components: JSON.stringify(components),
    })))
    if (scores.length > 0) {
      await context.evidence.record(trx, {
        chain: 'decision', action: 'governance.credit.computed', actor: SYSTEM, parties: [],
        subject: { type: 'credit', id: day, title: `数据信用分 ${day}` },
        detail: { scores: Object.fromEntries(scores.map(({ organisation, score }) => [organisation, score])) },
      })
    }
    return true
  })
  if (mine) {
    await tellSleepers(context, sleeping, now)
    await tellEvaluators(context)
  }
  return mine
}

const NONE: Share = { good: 0, all: 0 }

function qualityOf(organisation: string, entries: readonly PublishedEntry[]): Share {
  const stars = entries.flatMap((entry) => (entry.organisation === organisation && entry.stars !== null ? [entry.stars] : []))
  return { good: stars.reduce((sum, one) => sum + one, 0) / MOST_STARS, all: stars.length }
}

/** Own entries that somebody uses, and received grants that are in use. */
function useOf(organisation: string, entries: readonly PublishedEntry[], grants: readonly GrantInForce[], asleep: ReadonlySet<string>): Share {
  const keys = [
    ...entries.flatMap(({ organisation: owner, code }) => (owner === organisation ? [`entry ${code}`] : [])),
    ...grants.flatMap(({ consumer, id }) => (consumer === organisation ? [`grant ${id}`] : [])),
  ]
  return { good: keys.filter((key) => !asleep.has(key)).length, all: keys.length }
}

/** One notice a sleep and side: a new sleep after a use is told anew. */
async function tellSleepers({ notices }: GovernanceContext, sleeping: ReturnType<typeof findSleeping>, now: Date): Promise<void> {
  for (const one of sleeping) {
    const fallenAsleep = new Date(one.awake_until)
    const told = (side: string) => ({
      key: `${one.kind} ${one.id} sleeps since ${fallenAsleep.toISOString()} ${side}`, kind: `${one.kind}-sleeping` as const,
      params: { number: one.number, title: one.title, days: daysBetween(fallenAsleep, now) }, subject: { type: one.kind, id: one.id },
    })
    await notices.tell({ ...told('provider'), to: { organisation: one.provider, roles: ['provider'] } })
    if (one.consumer != null) await notices.tell({ ...told('consumer'), to: { organisation: one.consumer, roles: ['consumer'] } })
  }
}

/** One notice for each evaluation that is owed. */
async function tellEvaluators({ notices, sharing }: GovernanceContext): Promise<void> {
  for (const { grantId, number, entryTitle, consumer, applicantId, dueAt } of await sharing.dueEvaluations()) {
    await notices.tell({
      key: `grant ${grantId} evaluation due ${dueAt.toISOString()}`, kind: 'evaluation-due', params: { number, title: entryTitle },
      subject: { type: 'grant', id: grantId }, to: consumer === null ? { accountId: applicantId } : { organisation: consumer, roles: ['consumer'] },
    })
  }
}
