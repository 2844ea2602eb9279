import type { operations, ResponseOf, RuleOutcomeView } from '@datong/contracts'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Panel } from '../../shared/ui/page-header.tsx'
import { OutcomeWords } from './outcome-words.tsx'
import { useKinds } from './use-kinds.ts'
import '../catalog/quality.css'
import '../rules/rules.css'

type RuleDetails = ResponseOf<typeof operations.getQualityRule>

/** What a rule found in each version of the data, the newest first. */
export function OutcomeHistory({ outcomes }: { readonly outcomes: readonly RuleOutcomeView[] }) {
  const { t } = useT()
  if (outcomes.length === 0) return <p className="dt-secondary">{t('checks.notChecked')}</p>
  return (
    <ol className="dt-checks-history">
      {outcomes.map((one) => (
        <li key={one.version} className={one.verdict === 'failed' ? 'dt-checks-failed' : undefined}>
          <span>{t('common.version', { number: one.version })}</span>
          <span className="dt-bar" aria-hidden><span style={{ width: `${(one.score ?? 0) * 100}%` }} /></span>
          <OutcomeWords outcome={one} />
        </li>
      ))}
    </ol>
  )
}

/** Every version of a rule with what it changed of the one before. */
export function VersionHistory({ rule }: { readonly rule: RuleDetails }) {
  const { t, language } = useT()
  const format = useFormat()
  const { kinds } = useKinds()
  const nameOf = (pointer: string): string => {
    const [, part = '', parameter] = pointer.split('/')
    const spec = kinds.get(rule.kind)?.parameters.find((one) => one.name === parameter)
    return spec === undefined ? t.maybe('checks.part.', part) : language === 'en' ? spec.titleEn : spec.titleZh
  }
  const textOf = (json: string): string => {
    const value: unknown = JSON.parse(json)
    return Array.isArray(value) ? value.join(t('checks.listComma')) : value === null ? '–' : typeof value === 'string' ? t.maybe('checks.severity.', value) : String(value)
  }
  return (
    <>
      {rule.versions.map((version) => (
        <Panel key={version.version} title={t('common.version', { number: version.version })} extra={<span className="dt-secondary">{version.changedBy.name} · {format.dateTime(version.changedAt)}</span>}>
          {version.changes.length === 0
            ? <p className="dt-secondary">{t(version.version === 1 ? (rule.origin === 'suggested' ? 'checks.firstSuggested' : 'checks.firstWritten') : 'checks.noChanges')}</p>
            : (
              <ul className="dt-diff">
                {version.changes.map(({ pointer, before, after }) => (
                  <li key={pointer}>
                    <strong>{nameOf(pointer)}</strong>
                    {before !== null && <del>{textOf(before)}</del>}
                    {after !== null && <ins>{textOf(after)}</ins>}
                  </li>
                ))}
              </ul>
            )}
        </Panel>
      ))}
    </>
  )
}
