import { operations, type Naming, type RuleKind } from '@datong/contracts'
import { useApi } from '../../shared/api/hooks.ts'
import { useT } from '../../shared/i18n/use-t.ts'

/** The kinds of rules there are, by their ids, and their names in the language of the interface. */
export function useKinds(): { readonly kinds: ReadonlyMap<string, RuleKind>; readonly titleOf: (kind: string) => string; readonly aboutOf: (kind: string) => string } {
  const { t, language } = useT()
  const { data } = useApi(operations.listRuleKinds)
  const kinds = new Map(data?.items.map((kind) => [kind.kind, kind]))
  const titled = (kind: string): string | undefined => (language === 'en' ? kinds.get(kind)?.titleEn : kinds.get(kind)?.titleZh)
  return {
    kinds,
    // What the platform checks by itself has its name among the texts.
    titleOf: (kind) => titled(kind) ?? t.maybe('quality.rule:', kind),
    aboutOf: (kind) => (language === 'en' ? kinds.get(kind)?.aboutEn : kinds.get(kind)?.aboutZh) ?? '',
  }
}

interface Titled {
  readonly title: string
  readonly naming: Naming
}

/** The title of a rule, or of what is about one: as somebody wrote it, or its kind and field in the language of the interface. */
export function useRuleTitle(): (titled: Titled) => string {
  const { t } = useT()
  const { kinds, titleOf } = useKinds()
  return ({ title, naming }) => {
    if (naming === null || !kinds.has(naming.kind)) return title
    const kind = titleOf(naming.kind)
    return naming.field === null || naming.field === kind ? kind : t('checks.ruleOf', { field: naming.field, rule: kind })
  }
}
