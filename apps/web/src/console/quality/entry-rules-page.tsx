import { PlusOutlined, ReloadOutlined } from '@ant-design/icons'
import { operations, type QualityRule } from '@datong/contracts'
import { App, Button, Tabs } from 'antd'
import { Link, useParams, useSearchParams } from 'react-router'
import { useAction, useApi } from '../../shared/api/hooks.ts'
import { useFormat, useTitle } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { LinkButton } from '../../shared/ui/link-button.tsx'
import { ListTable } from '../../shared/ui/list-table.tsx'
import { PageHeader, Panel } from '../../shared/ui/page-header.tsx'
import { Stars } from '../../shared/ui/stars.tsx'
import { Empty, Loaded } from '../../shared/ui/states.tsx'
import { EntryScoreView } from './entry-score.tsx'
import { GatePanel } from './gate-panel.tsx'
import { HeldVersions } from './held-panel.tsx'
import { OutcomeWords } from './outcome-words.tsx'
import { SeverityChip, VerdictChip } from './rule-chips.tsx'
import { Suggestions } from './suggestions.tsx'
import { useKinds, useRuleTitle } from './use-kinds.ts'
import './checks.css'

/** While a check waits or runs, what was found is asked for again. */
const CHECKING_MS = 1_500

/** The rules of one entry: what they found, which more would fit, how its score comes about, and what holds a version back. */
export function EntryRulesPage() {
  const { code = '' } = useParams()
  const { t } = useT()
  const format = useFormat()
  const titleOf = useTitle()
  const { message } = App.useApp()
  const [search, setSearch] = useSearchParams()
  const entry = useApi(operations.getEntry, { params: { code } })
  const rules = useApi(operations.listEntryRules, { params: { code } }, { refetchMs: (last) => (last?.checking === true ? CHECKING_MS : false) })
  const check = useAction(operations.checkEntry)
  const mayWrite = rules.data?.mayWrite === true
  const suggestions = useApi(operations.suggestRules, { params: { code } }, { enabled: mayWrite })
  const suggested = suggestions.data?.items.length ?? 0
  const title = entry.data ? titleOf(entry.data) : code
  const add = `/console/quality/entries/${code}/new`
  return (
    <>
      <PageHeader
        back={{ to: '/console/quality', text: t('shell.nav.quality') }} title={title}
        chips={entry.data && <Stars stars={entry.data.stars} at={entry.data.dataUpdatedAt} />}
        facts={
          <>
            <Link to={`/console/catalog/${code}?tab=quality`}>{t('checks.toEntry')}</Link>
            {rules.data?.checkedVersion != null && <span>{t('checks.versionInUse', { number: rules.data.checkedVersion })}</span>}
            {rules.data?.checking === true && <span role="status">{t('checks.checking')}</span>}
          </>
        }
        actions={mayWrite && (
          <>
            <Button
              icon={<ReloadOutlined />} loading={check.isPending} disabled={rules.data?.checkedVersion == null || rules.data.items.length === 0}
              onClick={() => check.mutate({ params: { code }, body: {} }, { onSuccess: () => void message.success(t('checks.checkAsked')), onError: () => void message.error(t('checks.checkFailed')) })}
            >
              {t('checks.checkNow')}
            </Button>
            <LinkButton type="primary" icon={<PlusOutlined />} to={add}>{t('checks.write')}</LinkButton>
          </>
        )}
      />
      {rules.data && rules.data.held.length > 0 && <HeldVersions items={rules.data.held} />}
      <Tabs
        activeKey={search.get('tab') ?? 'rules'} onChange={(key) => setSearch(key === 'rules' ? {} : { tab: key }, { replace: true })} destroyOnHidden
        items={[
          {
            key: 'rules', label: `${t('checks.rules')} ${rules.data ? format.number(rules.data.items.length) : ''}`,
            children: (
              <Loaded of={rules}>
                {({ items }) => (
                  <Panel flush>
                    {items.length === 0
                      ? <Empty title={t('checks.none')} hint={suggested > 0 ? t('checks.noneButSuggested', { count: suggested }) : t('checks.noneHint')} action={suggested > 0 && <Button type="primary" onClick={() => setSearch({ tab: 'suggestions' })}>{t('checks.seeSuggestions')}</Button>} />
                      : <RuleTable rules={items.toSorted((a, b) => pressing(a) - pressing(b))} />}
                  </Panel>
                )}
              </Loaded>
            ),
          },
          ...(mayWrite ? [{ key: 'suggestions', label: `${t('checks.suggestions')} ${suggestions.data ? format.number(suggested) : ''}`, children: <Loaded of={suggestions}>{({ items }) => <Suggestions code={code} items={items} />}</Loaded> }] : []),
          { key: 'score', label: t('checks.score'), children: <EntryScoreView code={code} title={title} /> },
          { key: 'gate', label: t('checks.gate'), children: <Loaded of={rules}>{({ gate }) => <GatePanel key={gate.revision} code={code} gate={gate} mayWrite={mayWrite} />}</Loaded> },
        ]}
      />
    </>
  )
}

const RANK = { critical: 0, major: 1, minor: 2 } as const

/** What fails stands first, then what is most severe. */
const pressing = ({ outcome, severity }: QualityRule): number => (outcome?.verdict === 'failed' ? 0 : 10) + RANK[severity]

function RuleTable({ rules }: { readonly rules: readonly QualityRule[] }) {
  const { t } = useT()
  const { titleOf } = useKinds()
  const ruleTitle = useRuleTitle()
  return (
    <ListTable<QualityRule>
      label={t('checks.rules')} rows={rules} rowKey={({ id }) => id}
      columns={[
        { key: 'title', title: t('checks.rule'), render: (rule) => <div className="dt-cell-title"><Link to={`/console/quality/rules/${rule.id}`}>{ruleTitle(rule)}</Link>{rule.naming === null && <div className="dt-secondary dt-cell-sub">{titleOf(rule.kind)}</div>}</div> },
        { key: 'severity', title: t('checks.severityTitle'), render: (rule) => <SeverityChip severity={rule.severity} /> },
        { key: 'verdict', title: t('checks.found'), render: (rule) => <VerdictChip rule={rule} /> },
        { key: 'counts', title: t('checks.failingOf'), render: (rule) => (rule.outcome === null ? '–' : <OutcomeWords outcome={rule.outcome} />) },
        { key: 'dimension', title: t('quality.dimensionTitle'), render: (rule) => t(`quality.dimension.${rule.dimension}`) },
      ]}
    />
  )
}
