import { versionOn, wordsOf } from '../codes.ts'
import { any, countRows, flagOf, given, not, nothing, onField, parameter, textOf } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

/** Codes of a list, in the version that is in force on a day. */
export const codeSet: RuleDefinition = {
  id: 'code-set',
  dimension: 'normativity',
  titleZh: '代码集',
  titleEn: 'Codes of a list',
  aboutZh: '取值是代码集在某日有效版本中的代码或名称。',
  aboutEn: 'Values are codes or names of a code list, in the version in force on a day.',
  source: 'GB/T 36344-2018, 规范性：数据标准；GB/T 18391',
  scope: 'field',
  parameters: [
    parameter('code-list', ['codeList', '代码集', 'Code list'], { required: true }),
    parameter('date', ['day', '按哪一天的版本（空为当天）', 'Version of which day (today when empty)']),
    parameter('boolean', ['namesAllowed', '允许写名称', 'Names allowed'], { default: true }),
  ],
  weight: 3,
  severity: 'major',
  toleranceShare: 0,
  plan: (rule, subject) => {
    const versions = subject.codeLists.get(textOf(rule, 'codeList') ?? '')
    if (versions === undefined) return nothing('unknown-code-list')
    const version = versionOn(versions, textOf(rule, 'day') ?? subject.today)
    if (version === undefined) return nothing('unknown-code-list')
    return onField(rule, subject, ({ name }) => {
      const strange = not({ op: 'among', value: { field: name, as: 'text' }, values: wordsOf(version, flagOf(rule, 'namesAllowed')), folded: true })
      // Who is not in a part of a list may be in the rest of it.
      return version.partial === true ? countRows(any(), given(name), strange) : countRows(strange, given(name))
    })
  },
}
