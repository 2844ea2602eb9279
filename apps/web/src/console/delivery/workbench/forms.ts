import { type DeliveryForm, type Grant, isLesserForm, type User } from '@datong/contracts'

/** Ways in which a grant is used, each a page of the workbench. */
const FORMS = ['rows', 'files', 'verify', 'statistics', 'graphql', 'changes', 'webhooks', 'push'] as const
export type FormOfUse = (typeof FORMS)[number]

/** What a grant allows: one for verification or statistics gives nothing else; one for files begins with them. */
export function formsOf(delivery: DeliveryForm): readonly FormOfUse[] {
  if (isLesserForm(delivery)) return [delivery]
  return delivery === 'file' ? ['files', ...FORMS.filter((form) => form !== 'files')] : FORMS
}

/** In whose name a person may try a grant out: the department's officer by session, a developer by the system's key, others not at all. */
export function accessTo(grant: Pick<Grant, 'consumer'>, user: Pick<User, 'roles' | 'organisation'> | null): 'session' | 'key' | null {
  if (user === null) return null
  if (user.roles.includes('consumer') && user.organisation?.code === grant.consumer.code) return 'session'
  return user.roles.includes('developer') ? 'key' : null
}
