import type { RuleVersion } from '@datong/contracts'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Chip } from '../../shared/ui/chips.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { useRuleWords } from './rule-words.ts'

/** Every version of a rule with what it changed against the one before. */
export function RuleVersions({ versions, active }: { readonly versions: readonly RuleVersion[]; readonly active: number | null }) {
  const { t } = useT()
  const format = useFormat()
  return (
    <>
      {versions.map((version) => (
        <Panel
          key={version.version} extra={<span className="dt-secondary">{version.changedBy.name} · {format.dateTime(version.changedAt)}</span>}
          title={<>{t('common.version', { number: version.version })} {version.version === active && <Chip tone="jade">{t('rules.decidesNow')}</Chip>}</>}
        >
          {version.changes.length === 0
            ? <p className="dt-secondary">{version.version === 1 ? t('rules.firstVersion') : t('rules.noChanges')}</p>
            : <ul className="dt-diff">{version.changes.map((change) => <Change key={change.pointer} {...change} />)}</ul>}
        </Panel>
      ))}
    </>
  )
}

function Change({ pointer, before, after }: RuleVersion['changes'][number]) {
  const { t } = useT()
  const [, part = '', index] = pointer.split('/')
  return (
    <li>
      <strong>{t.maybe('rules.part.', part)}{index !== undefined && ` ${Number(index) + 1}`}</strong>
      {before !== null && <del><span className="dt-visually-hidden">{t('rules.before')} </span><Side json={before} /></del>}
      {after !== null && <ins><span className="dt-visually-hidden">{t('rules.after')} </span><Side json={after} /></ins>}
    </li>
  )
}

/** One side of a change: a condition in words, anything else as its text. */
function Side({ json }: { readonly json: string }) {
  const { t } = useT()
  const words = useRuleWords()
  const sentence = (value: unknown): string => {
    if (Array.isArray(value)) return value.length === 0 ? t('common.none') : value.map(sentence).join('；')
    if (typeof value === 'object' && value !== null && 'attribute' in value && 'operator' in value && 'value' in value) {
      return `${words.attribute(String(value.attribute))} ${words.operator(String(value.operator))} ${words.value(String(value.attribute), value.value as string)}` // a condition, as the contract has it
    }
    if (typeof value === 'string') return t.maybe('rules.effect.', value) || t('common.none')
    return String(value)
  }
  let value: unknown = json
  try {
    value = JSON.parse(json)
  } catch {
    // shown as it came
  }
  return <>{sentence(value)}</>
}
