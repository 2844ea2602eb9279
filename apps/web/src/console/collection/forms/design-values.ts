import type { BodyOf, Form, FormSchedule, operations } from '@datong/contracts'

export type Design = BodyOf<typeof operations.createForm>

const ONCE: FormSchedule = { rhythm: 'once', keeps: 'together', opensDay: 1, dueDay: 5 }

/** What the fields of the page begin with. */
export const designOf = (form: Form | undefined): Omit<Design, 'organisation' | 'schedule'> & { organisation: string | undefined; schedule: FormSchedule } => ({
  title: form?.title ?? '', about: form?.about ?? '', organisation: form?.organisation.code, departments: form?.asked.map(({ code }) => code) ?? [],
  fields: form?.fields ?? [], keyFields: form?.keyFields ?? [], dueOn: form?.dueOn ?? null, schedule: form?.schedule ?? ONCE,
})
