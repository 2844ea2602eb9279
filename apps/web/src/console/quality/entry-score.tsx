import { operations, type EntryScore } from '@datong/contracts'
import { Collapse } from 'antd'
import { Link } from 'react-router'
import { useApi } from '../../shared/api/hooks.ts'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { EntryTrendPanel } from '../../shared/quality/entry-trend.tsx'
import { ListTable } from '../../shared/ui/list-table.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { Stars } from '../../shared/ui/stars.tsx'
import { Loaded } from '../../shared/ui/states.tsx'
import { DimensionBars } from './dimension-bars.tsx'
import { useKinds, useRuleTitle } from './use-kinds.ts'

type Piece = EntryScore['fields'][number]['pieces'][number]

/** How the score of an entry comes about: from rules to fields, from fields to dimensions, from dimensions to the whole. */
export function EntryScoreView({ code, title }: { readonly code: string; readonly title: string }) {
  const { t } = useT()
  const format = useFormat()
  const score = useApi(operations.getEntryScore, { params: { code }, query: {} })
  return (
    <Loaded of={score}>
      {(data) => (
        <div className="dt-checks-two">
          <div>
            <Panel title={t('quality.overall')} extra={<Stars stars={data.stars} overall={data.overall} at={data.checkedAt} />}>
              <div className="dt-quality-overall"><span className="dt-quality-figure">{format.percent(data.overall)}</span><span className="dt-secondary">{t('quality.checked', { version: data.version, date: format.dateTime(data.checkedAt) })}</span></div>
              <DimensionBars dimensions={data.dimensions} weights />
            </Panel>
            <EntryTrendPanel code={code} of={title} frame={(period, body) => <Panel title={t('quality.trend.title')} extra={period}>{body}</Panel>} />
          </div>
          <Panel title={t('checks.byField')} flush>
            <Collapse
              ghost accordion
              items={data.fields.map((field) => ({
                key: field.field ?? '', children: <Pieces pieces={field.pieces} />,
                label: (
                  <span className="dt-checks-field">
                    <strong>{field.field ?? t('checks.wholeTable')}</strong>
                    <span className="dt-secondary">{t('checks.weight', { weight: format.number(field.weight, 2) })}</span>
                    <span className="dt-num">{format.percent(field.score)}</span>
                  </span>
                ),
              }))}
            />
          </Panel>
        </div>
      )}
    </Loaded>
  )
}

function Pieces({ pieces }: { readonly pieces: readonly Piece[] }) {
  const { t } = useT()
  const format = useFormat()
  const { titleOf } = useKinds()
  const ruleTitle = useRuleTitle()
  return (
    <ListTable<Piece>
      label={t('checks.byField')} size="small" rows={pieces} rowKey={(one) => one.ruleId ?? `${one.kind}/${one.field ?? ''}`}
      columns={[
        { key: 'rule', title: t('checks.rule'), render: (one) => (one.ruleId === null ? <>{titleOf(one.kind)} <span className="dt-secondary">{t('checks.byPlatform')}</span></> : <Link to={`/console/quality/rules/${one.ruleId}`}>{ruleTitle({ title: one.title ?? titleOf(one.kind), naming: one.naming })}</Link>) },
        { key: 'dimension', title: t('quality.dimensionTitle'), render: (one) => t(`quality.dimension.${one.dimension}`) },
        { key: 'failing', title: t('checks.failingOf'), render: (one) => <span className="dt-num">{t('quality.ofRows', { failing: format.number(one.failed), checked: format.number(one.checked) })}{one.doubtful > 0 && <span className="dt-secondary"> · {t('checks.doubtful', { count: one.doubtful, figure: format.number(one.doubtful) })}</span>}</span> },
        { key: 'weight', title: t('checks.weightTitle'), render: (one) => <span className="dt-num">{format.number(one.weight, 2)}</span> },
        { key: 'score', title: t('quality.score'), render: (one) => <span className="dt-num">{format.percent(one.score)}</span> },
      ]}
    />
  )
}
