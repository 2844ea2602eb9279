import { PlusOutlined } from '@ant-design/icons'
import { operations, RULE_EFFECTS, RULE_STATES, type Rule } from '@datong/contracts'
import { Segmented, Select } from 'antd'
import { Link } from 'react-router'
import { useSession } from '../../shared/api/session.tsx'
import { usePages } from '../../shared/api/use-pages.ts'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { DataTable } from '../../shared/ui/data-table.tsx'
import { LinkButton } from '../../shared/ui/link-button.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { pick } from '../../shared/ui/pick.ts'
import { oneOf, useFilters } from '../../shared/ui/use-filters.ts'
import { EffectChip, RuleStateChip } from './rule-chips.tsx'

const SCOPES = ['city', 'department'] as const

/** Decision rules by scope and state: what is decided without people, and for whom. */
export function RulesPage() {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const { can } = useSession()
  const { values, set } = useFilters(['state', 'effect', 'scope'])
  const state = oneOf(RULE_STATES, values.state)
  const effect = oneOf(RULE_EFFECTS, values.effect)
  const scope = oneOf(SCOPES, values.scope)
  const pages = usePages(operations.listRules, { query: { ...pick('state', state), ...pick('effect', effect), ...pick('scope', scope) } })
  const add = can(operations.createRule) && <LinkButton type="primary" icon={<PlusOutlined />} to="/console/governance/rules/new">{t('rules.add')}</LinkButton>
  return (
    <>
      <p className="dt-secondary dt-lead">{t('rules.intro')}</p>
      <Panel flush>
        <div className="dt-filters">
          <Segmented
            value={scope ?? 'all'} onChange={(value) => set('scope', value === 'all' ? undefined : value)}
            options={[{ value: 'all', label: t('common.all') }, ...SCOPES.map((value) => ({ value, label: t(`rules.scope.${value}`) }))]}
          />
          <Select allowClear placeholder={t('rules.state')} aria-label={t('rules.state')} value={state ?? null} onChange={(value) => set('state', value ?? undefined)} options={RULE_STATES.map((value) => ({ value, label: t(`rules.stateName.${value}`) }))} />
          <Select allowClear placeholder={t('rules.effectTitle')} aria-label={t('rules.effectTitle')} value={effect ?? null} onChange={(value) => set('effect', value ?? undefined)} options={RULE_EFFECTS.map((value) => ({ value, label: t(`rules.effect.${value}`) }))} />
          <span className="dt-filters-end">{add}</span>
        </div>
        <DataTable<Rule>
          label={t('rules.title')} pages={pages} rowKey={(rule) => rule.id} empty={{ title: t('rules.none'), hint: t('rules.noneHint'), action: add }}
          columns={[
            {
              key: 'name', title: t('rules.name'),
              render: (rule) => (
                <div className="dt-cell-title">
                  <Link to={`/console/governance/rules/${rule.id}`}>{rule.name}</Link>
                  <div className="dt-secondary dt-cell-sub">{t('rules.conditionCount', { count: rule.conditions.length })}{rule.note && ` · ${rule.note}`}</div>
                </div>
              ),
            },
            { key: 'effect', title: t('rules.effectTitle'), render: (rule) => <EffectChip effect={rule.effect} /> },
            { key: 'scope', title: t('rules.scopeTitle'), render: (rule) => (rule.scope ? name(rule.scope) : t('rules.scope.city')) },
            { key: 'state', title: t('rules.state'), render: (rule) => <RuleStateChip state={rule.state} /> },
            { key: 'version', title: t('rules.version'), render: (rule) => (rule.activeVersion !== null && rule.activeVersion !== rule.version ? t('rules.versionBehind', { active: rule.activeVersion, newest: rule.version }) : t('common.version', { number: rule.version })) },
            { key: 'priority', title: t('rules.priority'), align: 'right', render: (rule) => format.number(rule.priority) },
            { key: 'changed', title: t('rules.changed'), render: (rule) => <span className="dt-nowrap">{format.date(rule.changedAt)}</span> },
          ]}
        />
      </Panel>
    </>
  )
}
