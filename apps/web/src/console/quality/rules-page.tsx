import { DIMENSIONS, operations, QUALITY_RULE_STATES, SEVERITIES, VERDICTS, type QualityRule } from '@datong/contracts'
import { Button, Segmented, Select } from 'antd'
import { Link } from 'react-router'
import { useApi } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { usePages } from '../../shared/api/use-pages.ts'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { DataTable } from '../../shared/ui/data-table.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { pick } from '../../shared/ui/pick.ts'
import { oneOf, useFilters } from '../../shared/ui/use-filters.ts'
import { OutcomeWords } from './outcome-words.tsx'
import { SeverityChip, VerdictChip } from './rule-chips.tsx'
import { useKinds, useRuleTitle } from './use-kinds.ts'

/** Rules of all entries within reach, those that fail first. */
export function QualityRulesPage() {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const { titleOf } = useKinds()
  const ruleTitle = useRuleTitle()
  const { has } = useSession()
  const { values, set, clear, any } = useFilters(['verdict', 'severity', 'dimension', 'organisation', 'state'])
  const seesAll = has('steward') || has('auditor') || has('leader')
  const [verdict, severity, dimension] = [oneOf(VERDICTS, values.verdict), oneOf(SEVERITIES, values.severity), oneOf(DIMENSIONS, values.dimension)]
  const state = oneOf(QUALITY_RULE_STATES, values.state)
  const overview = useApi(operations.qualityOverview, {}, { enabled: seesAll })
  const pages = usePages(operations.listQualityRules, { query: { ...pick('verdict', verdict), ...pick('severity', severity), ...pick('dimension', dimension), ...pick('organisation', values.organisation), ...pick('state', state) } })
  return (
    <>
      <p className="dt-secondary dt-lead">{t('checks.rulesIntro')}</p>
      <Panel flush>
        <div className="dt-filters">
          <Segmented value={verdict ?? 'all'} onChange={(value) => set('verdict', value === 'all' ? undefined : value)} options={[{ value: 'all', label: t('common.all') }, ...VERDICTS.map((value) => ({ value, label: t(`checks.verdict.${value}`) }))]} />
          <Select allowClear placeholder={t('checks.severityTitle')} aria-label={t('checks.severityTitle')} value={severity ?? null} onChange={(value) => set('severity', value ?? undefined)} options={SEVERITIES.map((value) => ({ value, label: t(`checks.severity.${value}`) }))} />
          <Select allowClear placeholder={t('quality.dimensionTitle')} aria-label={t('quality.dimensionTitle')} value={dimension ?? null} onChange={(value) => set('dimension', value ?? undefined)} options={DIMENSIONS.map((value) => ({ value, label: t(`quality.dimension.${value}`) }))} />
          <Select allowClear placeholder={t('checks.stateTitle')} aria-label={t('checks.stateTitle')} value={state ?? null} onChange={(value) => set('state', value ?? undefined)} options={QUALITY_RULE_STATES.map((value) => ({ value, label: t(`checks.state.${value}`) }))} />
          {seesAll && (
            <Select
              allowClear showSearch={{ optionFilterProp: 'label' }} popupMatchSelectWidth={false} placeholder={t('checks.department')} aria-label={t('checks.department')} value={values.organisation ?? null}
              onChange={(value) => set('organisation', value ?? undefined)} options={overview.data?.departments.map(({ organisation }) => ({ value: organisation.code, label: name(organisation) })) ?? []}
            />
          )}
          {any && <Button type="link" onClick={clear}>{t('catalog.clear')}</Button>}
        </div>
        <DataTable<QualityRule>
          label={t('checks.rules')} pages={pages} rowKey={({ id }) => id} empty={any ? { title: t('checks.noneFound') } : { title: t('checks.none'), hint: t('checks.noneHint') }}
          columns={[
            {
              key: 'title', title: t('checks.rule'),
              render: (rule) => (
                <div className="dt-cell-title">
                  <Link to={`/console/quality/rules/${rule.id}`}>{ruleTitle(rule)}</Link>
                  <div className="dt-secondary dt-cell-sub">{rule.naming === null ? titleOf(rule.kind) : t(`quality.dimension.${rule.dimension}`)}</div>
                </div>
              ),
            },
            { key: 'entry', title: t('checks.entry'), render: (rule) => <div className="dt-cell-title"><Link to={`/console/quality/entries/${rule.entryCode}`}>{rule.entryTitle}</Link><div className="dt-secondary dt-cell-sub">{name(rule.organisation)}</div></div> },
            { key: 'severity', title: t('checks.severityTitle'), render: (rule) => <SeverityChip severity={rule.severity} /> },
            { key: 'verdict', title: t('checks.found'), render: (rule) => <VerdictChip rule={rule} /> },
            { key: 'counts', title: t('checks.failingOf'), render: (rule) => (rule.outcome === null ? '–' : <OutcomeWords outcome={rule.outcome} />) },
            { key: 'dimension', title: t('quality.dimensionTitle'), optional: true, render: (rule) => t(`quality.dimension.${rule.dimension}`) },
            { key: 'checked', title: t('checks.checkedAt'), render: (rule) => <span className="dt-nowrap">{rule.outcome === null ? '–' : format.dateTime(rule.outcome.checkedAt)}</span> },
          ]}
        />
      </Panel>
    </>
  )
}
