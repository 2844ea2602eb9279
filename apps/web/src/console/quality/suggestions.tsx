import { operations, type RuleSuggestion } from '@datong/contracts'
import { App, Button, Checkbox, Collapse } from 'antd'
import { useState } from 'react'
import { useAction } from '../../shared/api/hooks.ts'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Panel } from '../../shared/ui/page-header.tsx'
import { Empty } from '../../shared/ui/states.tsx'
import { ParameterWords } from './parameter-words.tsx'
import { SeverityChip } from './rule-chips.tsx'
import { useKinds, useRuleTitle } from './use-kinds.ts'
import { useStandardNames } from './use-standard-names.ts'

const RANK = { critical: 0, major: 1, minor: 2 } as const

/** Rules that would fit, each with why; one click takes one, or all that are chosen. */
export function Suggestions({ code, items }: { readonly code: string; readonly items: readonly RuleSuggestion[] }) {
  const { t } = useT()
  const format = useFormat()
  const { titleOf, aboutOf } = useKinds()
  const ruleTitle = useRuleTitle()
  const { message } = App.useApp()
  // What every version is checked for anyhow waits for somebody who wants its rows kept, or a severity.
  const [left, setLeft] = useState<ReadonlySet<string>>(() => new Set(items.filter(({ baseline }) => baseline).map(({ key }) => key)))
  const decide = useAction(operations.decideSuggestions)
  const chosen = items.filter(({ key }) => !left.has(key)).map(({ key }) => key)
  const run = (decision: 'accept' | 'dismiss', keys: string[]): void => decide.mutate({ params: { code, decision }, body: { keys } }, {
    onSuccess: ({ decided }) => void message.success(t(decision === 'accept' ? 'checks.accepted' : 'checks.dismissed', { count: decided })),
    onError: () => void message.error(t('checks.decideFailed')),
  })
  const toggle = (key: string, on: boolean): void => setLeft((before) => {
    const next = new Set(before)
    if (on) next.delete(key)
    else next.add(key)
    return next
  })
  const nameOf = useStandardNames(items.flatMap(({ reason, because }) => (reason === 'element' ? because : [])), items.some(({ reason }) => reason === 'code-list'))
  // What fills a reason is told by its name: a kind of content, a data element, a code list.
  const saidOf = ({ reason }: RuleSuggestion, what: string): string => (reason === 'recognised' ? t.maybe('protection.recognizer.', what) : reason === 'element' || reason === 'code-list' ? nameOf(what) : what)
  const line = (one: RuleSuggestion) => {
    const title = ruleTitle({ title: one.title, naming: one })
    return (
      <li key={one.key}>
        <Checkbox checked={!left.has(one.key)} onChange={(event) => toggle(one.key, event.target.checked)} aria-label={title} />
        <div>
          <div className="dt-suggestion-head">
            {one.field !== null && <strong>{one.field}</strong>} <span>{titleOf(one.kind)}</span> <SeverityChip severity={one.severity} />
          </div>
          <div className="dt-secondary">{aboutOf(one.kind)}</div>
          <div className="dt-secondary">
            {t('checks.because', { reason: t.maybe('checks.reason.', one.reason, one.reason, { what: one.because.map((what) => saidOf(one, what)).join(t('checks.listComma')) }) })}
            {one.toleranceShare > 0 && ` · ${t('checks.tolerated', { share: format.percent(one.toleranceShare) })}`}
          </div>
          <ParameterWords kind={one.kind} parameters={one.parameters} />
        </div>
        <span className="dt-checks-actions">
          <Button size="small" type="link" disabled={decide.isPending} aria-label={`${t('checks.dismiss')} ${title}`} onClick={() => run('dismiss', [one.key])}>{t('checks.dismiss')}</Button>
          <Button size="small" disabled={decide.isPending} aria-label={`${t('checks.accept')} ${title}`} onClick={() => run('accept', [one.key])}>{t('checks.accept')}</Button>
        </span>
      </li>
    )
  }
  const own = items.filter(({ baseline }) => !baseline).toSorted((a, b) => RANK[a.severity] - RANK[b.severity])
  const baseline = items.filter((one) => one.baseline)
  if (items.length === 0) return <Panel flush><Empty title={t('checks.noSuggestions')} hint={t('checks.noSuggestionsHint')} /></Panel>
  return (
    <Panel
      title={t('checks.suggestionsIntro')}
      extra={(
        <span className="dt-checks-actions">
          <Button disabled={chosen.length === 0 || decide.isPending} onClick={() => run('dismiss', chosen)}>{t('checks.dismissChosen')}</Button>
          <Button type="primary" disabled={chosen.length === 0} loading={decide.isPending} onClick={() => run('accept', chosen)}>{t('checks.acceptChosen', { count: chosen.length })}</Button>
        </span>
      )}
    >
      {own.length > 0 && <ul className="dt-suggestions">{own.map(line)}</ul>}
      {baseline.length > 0 && <Collapse ghost items={[{ key: 'baseline', label: t('checks.suggestedBaseline', { count: baseline.length }), children: <ul className="dt-suggestions">{baseline.map(line)}</ul> }]} />}
    </Panel>
  )
}
