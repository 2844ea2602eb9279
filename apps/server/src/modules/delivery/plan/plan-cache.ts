import type { LesserForm } from '@datong/contracts'
import type { Store } from '@datong/metadata-store'
import { AppError } from '@datong/kernel'
import type { Caller } from '../../../platform/caller.ts'
import { PLANS_CHANNEL } from '../../sharing/index.ts'
import { compilePlan } from './compile-plan.ts'
import type { DeliveryDeps, LakeVersion } from '../deps.ts'
import { decide } from './decide.ts'
import { versionOf } from './version-of.ts'
import { type DeliveryPlan, hasAll, type ServingTable } from './plan.ts'
import type { ServingStore } from '../serving/serving-store.ts'

/** Compiled plans by caller and entry. */
export interface PlanCache {
  /**
   * The plan under which the caller gets rows, at once when it is kept; see `decide` for refusals.
   * @param form what less than rows is asked for; `description` when nothing will leave
   * @param names fields by which less than rows is asked for: a grant that has them stands before one that has not
   * @throws AppError `delivery/verification-only`, `delivery/statistics-only` when the grant gives no more, and something else is asked
   */
  get(caller: Caller, entryCode: string, form?: LesserForm | 'description', names?: readonly string[]): DeliveryPlan | Promise<DeliveryPlan>
  forget(what: { grant?: string; entry?: string }): void
  start(): Promise<void>
  stop(): Promise<void>
}

/**
 * Plans are dropped by notice within milliseconds, and all at once when the line is lost; this bounds what a notice that was
 * never sent could do. Ten thousand plans made anew in that time cost what a hundred calls a second do.
 */
const MAX_AGE_MS = 300_000
/** Of each form. */
const MAX_PLANS = 20_000

interface Kept {
  readonly plan: DeliveryPlan
  readonly madeAt: number
}

/**
 * Plans of keys and of open data are kept; those of people in the console are compiled each time. While the line on which
 * notices come is down nothing is kept, so that a revocation is never missed.
 */
export function createPlanCache(deps: DeliveryDeps & { serving: ServingStore }): PlanCache {
  /** By what is asked for, so that who asks for less than rows pays for no longer key. */
  const kept = { rows: new Map<string, Kept>(), verify: new Map<string, Kept>(), statistics: new Map<string, Kept>() }
  const compiling = new Map<string, { readonly epoch: number; readonly plan: Promise<DeliveryPlan> }>()
  let epoch = 0
  let listening = false
  let subscription: Awaited<ReturnType<Store['listen']>> | undefined

  async function compile(caller: Caller, entryCode: string, form: LesserForm | undefined, names?: readonly string[]): Promise<DeliveryPlan> {
    const decision = await decide(deps, await deps.catalog.find(entryCode), caller, form, names)
    const version = await versionOf(deps.lake, entryCode, decision.grant?.version_rule)
    const serving = await deps.serving.find(entryCode, version)
    const before = serving === null && decision.grant?.version_rule.kind !== 'fixed' ? await liveBefore(entryCode, version) : undefined
    return before === undefined ? compilePlan(decision, version, serving, deps) : compilePlan(decision, before.version, before.serving, deps)
  }

  /**
   * A live table has moved on beyond the version that was made of it: until that one has its table, the live one is newer than the
   * version itself, and rows do not go back.
   */
  async function liveBefore(entryCode: string, { number }: LakeVersion): Promise<{ version: LakeVersion; serving: ServingTable } | undefined> {
    const live = await deps.serving.liveBefore(entryCode, number)
    const version = live === null ? undefined : await deps.lake.version(entryCode, live)
    const serving = version === undefined ? null : await deps.serving.find(entryCode, version)
    return version === undefined || serving?.live == null ? undefined : { version, serving }
  }

  async function compileToKeep(key: string, caller: Caller, entryCode: string, form: LesserForm | undefined, now: number, names?: readonly string[]): Promise<DeliveryPlan> {
    const before = epoch
    try {
      const plan = await compile(caller, entryCode, form, names)
      // A notice that came while compiling may have meant this very plan. One for names that nobody has would only fill the room.
      if (before === epoch && listening && (names === undefined || hasAll(plan, names))) {
        const plans = kept[form ?? 'rows']
        if (plans.size >= MAX_PLANS) plans.clear()
        plans.set(key, { plan, madeAt: now })
      }
      return plan
    } finally {
      const inForm = `${form ?? 'rows'} ${key}`
      if (compiling.get(inForm)?.epoch === before) compiling.delete(inForm)
    }
  }

  function find(caller: Caller, entryCode: string, form: LesserForm | undefined, names?: readonly string[]): DeliveryPlan | Promise<DeliveryPlan> {
    const principal = caller.actor.kind === 'application' ? caller.actor.id : caller.actor.kind === 'public' ? 'public' : null
    if (principal === null || !listening) return compile(caller, entryCode, form, names)
    const key = names === undefined ? `${principal} ${entryCode}` : `${principal} ${entryCode} ${JSON.stringify(names.toSorted())}`
    const found = kept[form ?? 'rows'].get(key)
    const now = deps.clock.now().getTime()
    if (found !== undefined && now - found.madeAt < MAX_AGE_MS) return found.plan
    const inForm = `${form ?? 'rows'} ${key}`
    const running = compiling.get(inForm)
    // What began before the latest notice may have read what the notice is about.
    if (running?.epoch === epoch) return running.plan
    const plan = compileToKeep(key, caller, entryCode, form, now, names)
    compiling.set(inForm, { epoch, plan })
    return plan
  }

  function forget(what: { grant?: string; entry?: string }): void {
    epoch++
    for (const plans of Object.values(kept)) {
      for (const [key, { plan }] of plans) {
        const byGrant = what.grant !== undefined && plan.basis.kind === 'grant' && plan.basis.grantId === what.grant
        const byEntry = what.entry !== undefined && plan.entryCode === what.entry
        // A notice that names neither (a policy, a key) is rare: all go.
        if (byGrant || byEntry || (what.grant === undefined && what.entry === undefined)) plans.delete(key)
      }
    }
  }

  const forgetAll = (): void => Object.values(kept).forEach((plans) => plans.clear())

  return {
    get(caller, entryCode, asked, names = []) {
      const form = asked === 'description' ? undefined : asked
      // Only one who holds several grants for the entry may get another plan by its fields.
      const isIt = (plan: DeliveryPlan): boolean => plan.basis.kind !== 'grant' || hasAll(plan, names)
      const plan = find(caller, entryCode, form)
      // Calls by the thousand come for plans that are kept.
      if (!(plan instanceof Promise) && isIt(plan)) return held(plan, asked)
      return (async () => {
        const first = await plan
        return held(isIt(first) ? first : await find(caller, entryCode, form, names), asked)
      })()
    },
    forget,
    async start() {
      subscription = await deps.store.listen(PLANS_CHANNEL, (payload) => forget(parseNotice(payload)), {
        onLost: () => {
          listening = false
          epoch++
          forgetAll()
        },
        onRestored: () => {
          listening = true
        },
      })
      listening = true
    },
    async stop() {
      listening = false
      forgetAll()
      await subscription?.close()
    },
  }
}

function held(plan: DeliveryPlan, asked: LesserForm | 'description' | undefined): DeliveryPlan {
  const only = plan.basis.kind === 'grant' ? plan.basis.only : undefined
  if (only === undefined || asked === 'description' || asked === only) return plan
  throw new AppError(only === 'verify' ? 'delivery/verification-only' : 'delivery/statistics-only', { code: plan.entryCode })
}

function parseNotice(payload: string): { grant?: string; entry?: string } {
  try {
    return JSON.parse(payload) as { grant?: string; entry?: string } // our own processes write it
  } catch {
    return {}
  }
}
