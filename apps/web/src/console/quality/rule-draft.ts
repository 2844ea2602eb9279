import type { Entry, QualityRule, QualityRuleDraft, RuleKind, RuleParameter, RuleParameters } from '@datong/contracts'

/** What is being written of a rule. */
export type Draft = Omit<QualityRuleDraft, 'note'> & { readonly note: string }

/** A rule of a kind as it begins, on the first field that fits. */
export function draftOf(kind: RuleKind, entry: Entry, title: string): Draft {
  const field = kind.scope === 'table' ? null : (fieldsFor(kind, entry)[0]?.name ?? null)
  return {
    kind: kind.kind, title: field === null ? title : `${field}：${title}`, field, parameters: Object.fromEntries(kind.parameters.map((one) => [one.name, one.default])),
    severity: kind.severity, toleranceShare: kind.toleranceShare, note: '',
  }
}

export const draftFrom = ({ kind, title, field, parameters, severity, toleranceShare, note }: QualityRule): Draft => ({ kind, title, field, parameters, severity, toleranceShare, note })

/** Fields that a kind of rule can be put on. */
export const fieldsFor = ({ fieldTypes }: RuleKind, entry: Entry): Entry['fields'] => entry.fields.filter(({ type }) => fieldTypes.length === 0 || fieldTypes.includes(type))

const isGiven = (value: RuleParameters[string] | undefined): boolean => value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)

/** Whether everything that must be said is said; the server looks at what it says. */
export const isWhole = (draft: Draft, kind: RuleKind | undefined): boolean =>
  kind !== undefined && draft.title.trim() !== '' && (kind.scope !== 'field' || draft.field !== null) && kind.parameters.every(({ required, name }) => !required || isGiven(draft.parameters[name]))

/** What was typed as the parameter takes it: nothing is null, a list has no empty lines. */
export function typed({ kind }: RuleParameter, text: string): RuleParameters[string] {
  if (kind === 'texts') return text.split('\n').map((line) => line.trim()).filter((line) => line !== '')
  const trimmed = text.trim()
  if (trimmed === '') return null
  return kind === 'bound' && /^[-+]?\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : trimmed
}
