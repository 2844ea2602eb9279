import type { Trx } from '@datong/metadata-store'
import type { DomainEvents } from '../../../platform/events.ts'
import type { CollectionContext } from '../context.ts'

type Told = DomainEvents['collection.form-told']

/** Tells departments of a round of a form, when the caller's transaction commits. */
export async function tellDepartments(
  trx: Trx, { events, clock }: Pick<CollectionContext, 'events' | 'clock'>, about: Pick<Told, 'formId' | 'title' | 'period' | 'round' | 'what'>,
  organisations: readonly string[], { dueAt, reason = null }: { readonly dueAt: Date | null; readonly reason?: string | null },
): Promise<void> {
  if (organisations.length === 0) return
  await events.publish(trx, 'collection.form-told', { ...about, organisations: [...organisations], due: dueAt?.toISOString() ?? null, reason, at: clock.now().toISOString() })
}
