import type { BodyOf, ELEMENT_ACTIONS, operations } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import { recordItem, type StandardsContext } from '../context.ts'
import { enqueueRemeasure } from '../mapping/remeasure.ts'
import type { StandardState } from '../tables.ts'
import { type ElementItem, keyOf } from './item.ts'

export type ElementAction = (typeof ELEMENT_ACTIONS)[number]
type Body = BodyOf<typeof operations.actOnElement>

/** What may be done in each state; the machine is drawn in the README. */
export const ELEMENT_MACHINE: Readonly<Record<StandardState, readonly ElementAction[]>> = {
  draft: ['publish', 'drop'],
  published: ['abolish'],
  revising: ['publish', 'drop', 'abolish'],
  abolished: [],
}

/**
 * Publishes, drops or abolishes, and has entries measured anew that this concerns.
 * @throws AppError `request/not-found`, `request/conflict`, `standards/wrong-state`, `standards/invalid-element` for a successor that is not in force
 */
export async function actOnElement(context: StandardsContext, id: string, action: ElementAction, body: Body, caller: Caller): Promise<ElementItem> {
  const after = await inTransaction(context.db, async (trx) => {
    await context.items.lock(trx)
    const before = await context.items.findElement(trx, id)
    if (before === undefined) throw new AppError('request/not-found')
    if (before.revision !== body.revision) throw new AppError('request/conflict')
    if (!ELEMENT_MACHINE[before.state].includes(action)) throw new AppError('standards/wrong-state', { state: before.state })
    const next = { ...STEPS[action](context, before, body, caller), revision: before.revision + 1 }
    await context.items.save(trx, 'element', next, context.clock.now())
    await recordItem(trx, context, {
      key: keyOf('element', id), title: next.body.name, actor: caller.actor, reason: body.reason, action: { publish: 'published', drop: 'dropped', abolish: 'abolished' }[action],
      detail: { state: [before.state, next.state], version: next.version, from: body.from ?? context.registry.today(), ...(next.replacedBy === null ? {} : { replacedBy: next.replacedBy }) },
    })
    await enqueueRemeasure(trx, context, { elements: [id], lists: [] })
    await context.items.tell(trx)
    return next
  })
  await context.registry.refresh()
  return after
}

type Step = (context: StandardsContext, before: ElementItem, body: Body, caller: Caller) => ElementItem

const STEPS: Readonly<Record<ElementAction, Step>> = {
  publish: ({ registry, clock }, before, { from, reason }, { actor }) => {
    const day = from ?? registry.today()
    const newest = before.versions.at(-1)
    if (newest !== undefined && day <= newest.from) throw new AppError('standards/invalid-element', {}, [{ pointer: '/from', code: 'minimum', message: `must be after ${newest.from}, when the present version came into force` }])
    const content = before.proposal ?? before.body
    const version = before.version + 1
    return {
      ...before, state: 'published', body: content, proposal: null, version,
      versions: [...before.versions, { version, label: String(version), from: day, content, reason, publishedAt: clock.now(), publishedBy: actor }],
    }
  },
  drop: ({ registry }, before) => (before.state === 'draft' ? { ...before, state: 'abolished', abolishedFrom: registry.today() } : { ...before, state: 'published', proposal: null }),
  abolish: ({ registry }, before, { from, replacedBy = null }) => {
    const known = replacedBy === null || registry.inForce().some((one) => one.id === replacedBy && one.id !== before.id)
    if (!known) throw new AppError('standards/invalid-element', {}, [{ pointer: '/replacedBy', code: 'unknown', message: 'is no other data element in force' }])
    return { ...before, state: 'abolished', proposal: null, abolishedFrom: from ?? registry.today(), replacedBy }
  },
}
