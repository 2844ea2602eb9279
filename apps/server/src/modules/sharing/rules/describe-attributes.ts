import { ApplicationSchema, type operations, OPERATORS_OF, type ResponseOf, RULE_ATTRIBUTES, type RuleAttributeName, THEMES } from '@datong/contracts'
import { GRADES } from '@datong/kernel'
import type { RulesContext } from './context.ts'

type Description = ResponseOf<typeof operations.describeRuleAttributes>
type Option = Description['items'][number]['options'][number]

const bare = (values: readonly string[]): Option[] => values.map((value) => ({ value, title: null, titleEn: null }))

/** The choices of those attributes that have a closed set. */
const CHOICES: Partial<Record<RuleAttributeName, readonly string[]>> = {
  grade: GRADES, sharingType: ['unconditional', 'conditional'], requester: ['department', 'public'], theme: THEMES,
  delivery: ApplicationSchema.properties.delivery.enum,
}

/** What a rule may ask for, for the form that writes one. */
export async function describeAttributes({ purposes }: RulesContext): Promise<Description> {
  const catalogue: Option[] = [
    ...(await purposes.list()).filter(({ state }) => state !== 'retired').map(({ code, name, name_en }) => ({ value: code, title: name, titleEn: name_en })),
    { value: 'other', title: '其他', titleEn: 'Other' },
  ]
  return {
    items: Object.entries(RULE_ATTRIBUTES).map(([name, { type, path, zh, en }]) => ({
      name, type, path, title: zh, titleEn: en, operators: [...OPERATORS_OF[type]],
      options: name === 'purpose' ? catalogue : bare(CHOICES[name as RuleAttributeName] ?? []), // the registry's own names
    })),
  }
}
