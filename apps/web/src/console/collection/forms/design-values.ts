import type { BodyOf, Form, operations } from '@datong/contracts'

export type Design = BodyOf<typeof operations.createForm>

/** What the fields of the page begin with. */
export const designOf = (form: Form | undefined): Omit<Design, 'organisation'> & { organisation: string | undefined } => ({
  title: form?.title ?? '', about: form?.about ?? '', organisation: form?.organisation.code, departments: form?.tasks.map(({ organisation }) => organisation.code) ?? [],
  fields: form?.fields ?? [], keyFields: form?.keyFields ?? [], dueOn: form?.dueOn ?? null,
})
