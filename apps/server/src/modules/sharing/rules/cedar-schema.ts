import type { SchemaJson, TypeOfAttribute } from '@cedar-policy/cedar-wasm/nodejs'
import { RULE_ATTRIBUTES, type RuleAttributeType } from '@datong/contracts'

const CEDAR_TYPES = {
  grade: { type: 'Long' },
  number: { type: 'Long' },
  code: { type: 'String' },
  words: { type: 'Set', element: { type: 'String' } },
  flag: { type: 'Boolean' },
} as const satisfies Record<RuleAttributeType, TypeOfAttribute<string>>

function recordAt(root: string) {
  const attributes: Record<string, TypeOfAttribute<string>> = {}
  for (const { type, path } of Object.values(RULE_ATTRIBUTES)) {
    const [at, name] = path.split('.')
    if (at === root && name !== undefined) attributes[name] = CEDAR_TYPES[type]
  }
  return { type: 'Record', attributes } as const
}

/** The Cedar schema that follows from the registry of attributes. Every policy is validated against it before it is kept. */
export function cedarSchema(): SchemaJson<string> {
  const appliesTo = { principalTypes: ['Organisation'], resourceTypes: ['Entry'], context: recordAt('context') }
  return {
    '': {
      entityTypes: { Organisation: { shape: recordAt('principal') }, Entry: { shape: recordAt('resource') } },
      actions: { grant: { appliesTo }, route: { appliesTo } },
    },
  }
}
