import { Type } from 'typebox'
import { CalendarDate, OrganisationCode, Words } from './common.ts'
import { OrganisationSchema } from './identity.ts'
import { operation } from './operation.ts'

export const mergerOperations = {
  mergeOrganisation: operation({
    id: 'mergeOrganisation', method: 'POST', path: '/api/v1/organisations/{code}/merger', tag: 'identity', access: { sysadmin: 'all' },
    summary: 'Departments are merged: from a day on this one passes its people, systems and keys, entries, running applications, opinions and grants to a successor. Clocks run on; history keeps the old name',
    params: Type.Object({ code: OrganisationCode }),
    body: Type.Object({ into: OrganisationCode, from: CalendarDate, reason: Words(1000) }),
    response: OrganisationSchema,
  }),
} as const
