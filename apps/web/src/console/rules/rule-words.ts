import { operations, RULE_ATTRIBUTES, type RuleCondition } from '@datong/contracts'
import { useMemo } from 'react'
import { useApi } from '../../shared/api/hooks.ts'
import { useT } from '../../shared/i18n/use-t.ts'

type Value = RuleCondition['value']

export interface RuleWords {
  attribute(name: string): string
  operator(operator: string): string
  value(attribute: string, value: Value): string
}

const isKnown = (name: string): name is keyof typeof RULE_ATTRIBUTES => Object.hasOwn(RULE_ATTRIBUTES, name)

/** What attributes, comparisons and values are called in the language of the interface. */
export function useRuleWords(): RuleWords {
  const { t, language } = useT()
  const purposes = useApi(operations.listPurposes, { query: {} })
  const organisations = useApi(operations.listOrganisations)
  return useMemo(() => {
    const english = language === 'en'
    const named = new Map([
      ...(purposes.data?.items ?? []).map((one) => [one.code, english && one.nameEn ? one.nameEn : one.name] as const),
      ...(organisations.data?.items ?? []).map((one) => [one.code, english && one.nameEn ? one.nameEn : one.name] as const),
    ])
    const one = (attribute: string, value: string | number | boolean): string => {
      if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no')
      if (typeof value === 'number') return String(value)
      if (attribute === 'grade') return t.maybe('common.grade.', value)
      if (attribute === 'sharingType') return t.maybe('common.sharing.', value)
      if (attribute === 'theme') return t.maybe('common.theme.', value)
      if (attribute === 'delivery') return t.maybe('sharing.delivery.', value)
      return named.get(value) ?? t.maybe('rules.option.', value)
    }
    return {
      attribute: (name) => (isKnown(name) ? RULE_ATTRIBUTES[name][english ? 'en' : 'zh'] : name),
      operator: (operator) => t.maybe('rules.operator.', operator),
      value: (attribute, value) => (Array.isArray(value) ? (value.length === 0 ? t('common.none') : value.map((item) => one(attribute, item)).join(t('shell.and'))) : one(attribute, value)),
    }
  }, [t, language, purposes.data, organisations.data])
}
