import { parameter, textsOf, withFields } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

/** Rows that only repeat an earlier one. */
export const duplicateRows: RuleDefinition = {
  id: 'duplicate-rows',
  dimension: 'accuracy',
  titleZh: '重复行',
  titleEn: 'Duplicate rows',
  aboutZh: '没有与前面完全相同的行。',
  aboutEn: 'No row only repeats an earlier one.',
  source: 'GB/T 36344-2018, 准确性：数据重复率',
  scope: 'table',
  parameters: [
    parameter('fields', ['fields', '比较哪些字段（空为全部）', 'Which fields (all when empty)'], { default: [] }),
  ],
  weight: 2,
  severity: 'major',
  toleranceShare: 0,
  plan: (rule, subject) => {
    const named = textsOf(rule, 'fields')
    const by = named.length > 0 ? named : subject.version.schema.map(({ name }) => name)
    const { rowsStored: checked } = subject
    // A field that tells all rows apart excludes duplicates, counted or not.
    if (checked < 2 || subject.profile.some(({ name, identifierCandidate }) => identifierCandidate && by.includes(name))) return { by: 'facts', finding: { checked, failed: 0 } }
    return withFields(subject, by, () => ({ by: 'engine', measures: [{ kind: 'groups', by, most: 1, counted: 'excess', nullsEqual: true }] }))
  },
}
