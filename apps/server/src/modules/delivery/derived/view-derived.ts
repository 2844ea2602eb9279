import type { Derived } from '@datong/contracts'
import { type Grade, isAppError, stricter } from '@datong/kernel'
import type { Caller } from '../../../platform/caller.ts'
import type { DeliveryContext } from '../context.ts'
import type { DeliveryPlan } from '../plan/plan.ts'
import { compileDerived } from './compile-derived.ts'
import { plansOf } from './derived-commands.ts'
import type { DerivedRow, VersionRow } from './derived-store.ts'

export async function viewDerived(context: DeliveryContext, row: DerivedRow, versions: readonly VersionRow[], caller: Caller): Promise<Derived> {
  const { effective, problem } = row.state === 'retired' ? { effective: null, problem: 'delivery/derived-retired' } : await effectiveOf(context, row, caller)
  return {
    id: row.id, name: row.name, title: row.title, organisation: context.organisations.ref(row.organisation), state: row.state, version: row.version,
    definition: row.definition, revision: row.revision, createdAt: row.created_at.toISOString(), changedAt: row.changed_at.toISOString(), effective, problem,
    history: versions.filter(({ derived_id }) => derived_id === row.id).map(({ version, at, by, receipt_id }) => ({ version, at: at.toISOString(), by, receiptId: receipt_id })),
  }
}

/** What the strictest of the inputs leaves; for those who look on without grants of their own, the first refusal. */
async function effectiveOf(context: DeliveryContext, { definition }: DerivedRow, caller: Caller): Promise<Pick<Derived, 'effective' | 'problem'>> {
  try {
    const plans = await plansOf(context, caller, definition)
    const { select } = compileDerived(definition, plans, null)
    return { problem: null, effective: { ...strictest(plans), masked: select.filter(({ field }) => field.mask !== null).map(({ as }) => as) } }
  } catch (error) {
    if (!isAppError(error)) throw error
    return { effective: null, problem: error.code }
  }
}

/** The earliest end, the smallest quota, the strictest grade among the inputs; open and own data set neither end nor quota. */
function strictest(plans: readonly DeliveryPlan[]): { until: string | null; quota: { perSecond: number; perDay: number } | null; grade: Grade } {
  const grants = plans.flatMap(({ basis }) => (basis.kind === 'grant' ? [basis] : []))
  const grades = plans.flatMap(({ fields }) => [...fields.values()].map(({ grade }) => grade))
  return {
    until: grants.map(({ until }) => until).sort()[0] ?? null,
    quota: grants.length === 0 ? null : { perSecond: Math.min(...grants.map(({ quota }) => quota.perSecond)), perDay: Math.min(...grants.map(({ quota }) => quota.perDay)) },
    grade: grades.reduce(stricter, 'public'),
  }
}
