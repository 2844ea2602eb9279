import { useT } from '../../shared/i18n/use-t.ts'
import { useKinds } from '../quality/use-kinds.ts'

interface RuleWordsProps {
  readonly rule: string
  readonly field: string | null
  readonly params: Readonly<Record<string, string | number | null>>
}

/** A check of a version as a sentence about its field. */
export function RuleWords({ rule, field, params }: RuleWordsProps) {
  const { t } = useT()
  const { titleOf } = useKinds()
  const reason = params['reason']
  return (
    <>
      {(field ?? params['key']) && <strong>{field ?? params['key']} </strong>}
      {titleOf(rule)}
      {typeof reason === 'string' && <span className="dt-secondary"> {t.maybe('checks.unmeasured.', reason)}</span>}
    </>
  )
}
