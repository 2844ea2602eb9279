import { chinaDay } from '@datong/kernel'
import type { EventBus } from '../../platform/events.ts'
import type { NoticeDraft } from './notices.ts'
import { tellEach } from './tell-each.ts'

/** Tells departments' officers of the rounds of forms that they fill in, and the bureau of parts that are late. */
export async function tellOfForms({ events }: { readonly events: Pick<EventBus, 'subscribe'> }, tell: (draft: NoticeDraft) => Promise<void>): Promise<void> {
  await events.subscribe('collection.form-told', 'notices', async ({ formId, title, round, period, what, organisations, due, reason, at }) => {
    const about = { key: `form ${formId} ${round} ${what} ${at}`, subject: { type: 'form', id: formId } } as const
    const params = { title: period === null ? title : `${title} ${period}`, ...(due === null ? {} : { due: chinaDay(new Date(due)) }), ...(reason === null ? {} : { reason }) }
    const kind = what === 'opened' && due === null ? 'form-asked' : `form-${what}` as const
    await tellEach(tell, organisations.map((organisation) => ({ organisation, roles: ['provider'] })), { ...about, kind, params })
    if (what === 'late') await tellEach(tell, [{ roles: ['steward'] }], { ...about, kind: 'form-parts-late', params: { ...params, count: organisations.length } })
  })
}
