import { useT } from '../../shared/i18n/use-t.ts'

interface RuleWordsProps {
  readonly rule: string
  readonly field: string | null
  readonly params: Readonly<Record<string, string | number | null>>
}

/** A quality rule as a sentence about its field. */
export function RuleWords({ rule, field, params }: RuleWordsProps) {
  const { t } = useT()
  const values = Object.fromEntries(Object.entries(params).map(([key, value]) => [key, value ?? '']))
  return (
    <>
      {(field ?? params['key']) && <strong>{field ?? params['key']} </strong>}
      {t.maybe('quality.rule:', rule, rule, values)}
    </>
  )
}
