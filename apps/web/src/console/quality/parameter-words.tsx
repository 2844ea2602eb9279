import type { RuleParameters } from '@datong/contracts'
import { useT } from '../../shared/i18n/use-t.ts'
import { useKinds } from './use-kinds.ts'
import { useStandardNames } from './use-standard-names.ts'

const MOST_SHOWN = 8

/** Parameters of a rule as short facts; what is left to its default and holds nothing is not said. */
export function ParameterWords({ kind, parameters }: { readonly kind: string; readonly parameters: RuleParameters }) {
  const { t, language } = useT()
  const { kinds } = useKinds()
  const specs = kinds.get(kind)?.parameters ?? []
  const named = (of: 'element' | 'code-list'): string[] => specs.flatMap(({ kind: one, name }) => (one === of && typeof parameters[name] === 'string' ? [parameters[name]] : []))
  const nameOf = useStandardNames(named('element'), named('code-list').length > 0)
  const facts = specs.flatMap((spec) => {
    const value = parameters[spec.name]
    if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return []
    const option = spec.options.find((one) => one.value === value)
    const list = Array.isArray(value) ? value : [value]
    const shown = option === undefined ? list.slice(0, MOST_SHOWN).map((one) => (typeof one === 'boolean' ? t(one ? 'common.yes' : 'common.no') : spec.kind === 'element' || spec.kind === 'code-list' ? nameOf(String(one)) : String(one))) : [language === 'en' ? option.titleEn : option.titleZh]
    return [{ name: spec.name, title: language === 'en' ? spec.titleEn : spec.titleZh, text: shown.join(t('checks.listComma')) + (list.length > MOST_SHOWN ? '…' : '') }]
  })
  if (facts.length === 0) return null
  return <dl className="dt-checks-parameters">{facts.map(({ name, title, text }) => <div key={name}><dt>{title}</dt><dd>{text}</dd></div>)}</dl>
}
