import type { EventBus } from '../../platform/events.ts'
import type { Sharing } from '../sharing/index.ts'
import type { Audience, NoticeDraft } from './notices.ts'
import { tellEach } from './tell-each.ts'

export interface SharingNews {
  readonly events: Pick<EventBus, 'subscribe'>
  readonly sharing: Pick<Sharing, 'findApplication' | 'findGrant'>
  readonly organisations: { ref(code: string): { readonly name: string } }
}

type Tell = (draft: NoticeDraft) => Promise<void>

/** Tells both sides of an application or a grant what became of it, the bureau of silence, and who watches of guessing. */
export async function tellOfSharing({ events, sharing, organisations }: SharingNews, tell: Tell): Promise<void> {
  await events.subscribe('sharing.application-submitted', 'notices', async ({ applicationId, providers, consumer }) => {
    const application = await sharing.findApplication(applicationId)
    // What a rule has decided waits for nobody.
    if (application === undefined || application.state !== 'submitted') return
    await tellEach(tell, providersAmong(providers), {
      key: `application ${applicationId} submitted`, kind: 'application-submitted', subject: { type: 'application', id: applicationId },
      params: { number: application.number, title: application.entryTitle, consumer: consumer === null ? '公众' : organisations.ref(consumer).name },
    })
  })

  await events.subscribe('sharing.application-decided', 'notices', async ({ applicationId, consumer, state, by }) => {
    const application = await sharing.findApplication(applicationId)
    // Who applied has seen the answer of a rule at once.
    if (application === undefined || by === 'rule') return
    await tellEach(tell, [applicantOf(consumer, application.applicantId)], {
      key: `application ${applicationId} ${state}`, kind: 'application-decided', subject: { type: 'application', id: applicationId },
      params: { number: application.number, title: application.entryTitle, state },
    })
  })

  await events.subscribe('sharing.material-asked', 'notices', async ({ applicationId, consumer }) => {
    const application = await sharing.findApplication(applicationId)
    if (application === undefined) return
    await tellEach(tell, [applicantOf(consumer, application.applicantId)], {
      key: `application ${applicationId} lacks material`, kind: 'material-owed', subject: { type: 'application', id: applicationId },
      params: { number: application.number, title: application.entryTitle },
    })
  })

  await events.subscribe('sharing.application-escalated', 'notices', async ({ applicationId, providers }) => {
    const application = await sharing.findApplication(applicationId)
    if (application === undefined) return
    await tellEach(tell, [{ roles: ['steward'] }, ...providersAmong(providers)], {
      key: `application ${applicationId} escalated`, kind: 'application-escalated', subject: { type: 'application', id: applicationId },
      params: { number: application.number, title: application.entryTitle },
    })
  })

  await events.subscribe('sharing.delivery-late', 'notices', async ({ applicationId, providers }) => {
    const application = await sharing.findApplication(applicationId)
    if (application === undefined) return
    await tellEach(tell, [{ roles: ['steward'] }, ...providersAmong(providers)], {
      key: `application ${applicationId} delivery late`, kind: 'delivery-late', subject: { type: 'application', id: applicationId },
      params: { number: application.number, title: application.entryTitle },
    })
  })

  const tellOfGrant = async (kind: 'grant-changed' | 'grant-expired', what: { grantId: string; providers: string[]; consumer: string | null; state: string; key: string }): Promise<void> => {
    const grant = await sharing.findGrant(what.grantId)
    if (grant === undefined) return
    await tellEach(tell, [applicantOf(what.consumer, grant.applicant_id), ...providersAmong(what.providers)], {
      key: what.key, kind, subject: { type: 'grant', id: what.grantId }, params: { number: grant.number, title: grant.entry_title, state: what.state },
    })
  }
  await events.subscribe('sharing.grant-changed', 'notices', async ({ grantId, providers, consumer, state, at }) => {
    // Its end is told by an event of its own.
    if (state !== 'expired') await tellOfGrant('grant-changed', { grantId, providers, consumer, state, key: `grant ${grantId} ${state} ${at}` })
  })
  await events.subscribe('delivery.verification-guessing', 'notices', async ({ grantId, organisation, at }) => {
    const grant = await sharing.findGrant(grantId)
    if (grant === undefined) return
    const hour = at.slice(0, 13)
    // Once an hour and grant is enough to make somebody look.
    await tellEach(tell, [{ roles: ['security'] }, ...providersAmong([grant.provider_organisation])], {
      key: `grant ${grantId} guesses ${hour}`, kind: 'guessing-stopped', subject: { type: 'grant', id: grantId },
      params: { number: grant.number, title: grant.entry_title, consumer: organisation === null ? '公众' : organisations.ref(organisation).name },
    })
  })
  await events.subscribe('sharing.grant-expired', 'notices', ({ grantId, providers, consumer, until }) =>
    tellOfGrant('grant-expired', { grantId, providers, consumer, state: 'expired', key: `grant ${grantId} expired ${until}` }))
}

const providersAmong = (organisations: readonly string[]): Audience[] => organisations.map((organisation) => ({ organisation, roles: ['provider'] }))

const applicantOf = (consumer: string | null, accountId: string): Audience => (consumer === null ? { accountId } : { organisation: consumer, roles: ['consumer'] })
