import type { Entry, QualityRule, QualityRuleDraft, RuleKind, RuleParameter, RuleParameters } from '@datong/contracts'

/** What is being written of a rule; without a title it is called by its kind and field. */
export type Draft = Omit<QualityRuleDraft, 'note' | 'title'> & { readonly note: string; readonly title: string }

export const bodyOf = ({ title, ...draft }: Draft) => ({ ...draft, title: title.trim() === '' ? null : title.trim() })

/** A rule of a kind as it begins, on the first field that fits. */
export function draftOf(kind: RuleKind, entry: Entry): Draft {
  const field = kind.scope === 'table' ? null : (fieldsFor(kind, entry)[0]?.name ?? null)
  return {
    kind: kind.kind, title: '', field, parameters: Object.fromEntries(kind.parameters.map((one) => [one.name, one.default])),
    severity: kind.severity, toleranceShare: kind.toleranceShare, note: '',
  }
}

export const draftFrom = ({ kind, title, naming, field, parameters, severity, toleranceShare, note }: QualityRule): Draft => ({ kind, title: naming === null ? title : '', field, parameters, severity, toleranceShare, note })

/** Fields that a kind of rule can be put on. */
export const fieldsFor = ({ fieldTypes }: RuleKind, entry: Entry): Entry['fields'] => entry.fields.filter(({ type }) => fieldTypes.length === 0 || fieldTypes.includes(type))

const isGiven = (value: RuleParameters[string] | undefined): boolean => value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)

/** Whether everything that must be said is said; the server looks at what it says. */
export const isWhole = (draft: Draft, kind: RuleKind | undefined): boolean =>
  kind !== undefined && (kind.scope !== 'field' || draft.field !== null) && kind.parameters.every(({ required, name }) => !required || isGiven(draft.parameters[name]))

/** What was typed as the parameter takes it: nothing is null, a list has no empty lines. */
export function typed({ kind }: RuleParameter, text: string): RuleParameters[string] {
  if (kind === 'texts') return text.split('\n').map((line) => line.trim()).filter((line) => line !== '')
  const trimmed = text.trim()
  if (trimmed === '') return null
  return kind === 'bound' && /^[-+]?\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : trimmed
}
