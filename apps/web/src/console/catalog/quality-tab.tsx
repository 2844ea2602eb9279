import { operations, type Quality } from '@datong/contracts'
import { Table } from 'antd'
import { Link } from 'react-router'
import { useApi } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Panel } from '../../shared/ui/page-header.tsx'
import { Stars } from '../../shared/ui/stars.tsx'
import { Loaded } from '../../shared/ui/states.tsx'
import { FieldProfiles } from './field-profiles.tsx'
import { RuleWords } from './rule-words.tsx'
import './quality.css'

/** How good the current version is: figures by dimension, what fails, and the profile of each field. */
export function QualityTab({ code }: { readonly code: string }) {
  const quality = useApi(operations.getQuality, { params: { code }, query: {} })
  return (
    <>
      <Loaded of={quality}>{(data) => <Scores code={code} quality={data} />}</Loaded>
      <FieldProfiles code={code} />
    </>
  )
}

function Scores({ code, quality }: { readonly code: string; readonly quality: Quality }) {
  const { t } = useT()
  const format = useFormat()
  const { can } = useSession()
  const failing = quality.results.filter((result) => result.failing > 0).toSorted((a, b) => (a.score ?? 1) - (b.score ?? 1))
  return (
    <div className="dt-quality">
      <Panel title={t('quality.overall')}>
        <div className="dt-quality-overall">
          <span className="dt-quality-figure">{format.percent(quality.overall)}</span>
          <Stars stars={quality.stars} overall={quality.overall} at={quality.checkedAt} />
          <span className="dt-secondary">{t('quality.checked', { version: quality.version, date: format.dateTime(quality.checkedAt) })}</span>
        </div>
        <dl className="dt-quality-bars">
          {quality.dimensions.map(({ dimension, score }) => (
            <div key={dimension}>
              <dt>{t(`quality.dimension.${dimension}`)}</dt>
              <dd>
                <span className="dt-bar" aria-hidden><span style={{ width: `${(score ?? 0) * 100}%` }} /></span>
                <span className="dt-num">{score === null ? t('quality.notMeasured') : format.percent(score)}</span>
              </dd>
            </div>
          ))}
        </dl>
      </Panel>
      <Panel title={t('quality.failing')} extra={can(operations.listEntryRules) && <Link to={`/console/quality/entries/${code}`}>{t('checks.rules')}</Link>} flush>
        <Table
          size="small" rowKey={(result) => `${result.rule}/${result.field}`} dataSource={failing}
          pagination={failing.length > 10 ? { pageSize: 10, showSizeChanger: false } : false}
          locale={{ emptyText: t('quality.allPass', { count: quality.results.length }) }}
          columns={[
            { key: 'rule', title: t('quality.rule'), render: (_, result) => <RuleWords rule={result.rule} field={result.field} params={result.params} /> },
            { key: 'dimension', title: t('quality.dimensionTitle'), render: (_, result) => t(`quality.dimension.${result.dimension}`) },
            { key: 'failing', title: t('quality.failingRows'), align: 'right', className: 'dt-num', render: (_, result) => t('quality.ofRows', { failing: format.number(result.failing), checked: format.number(result.checked) }) },
            { key: 'score', title: t('quality.score'), align: 'right', className: 'dt-num', render: (_, result) => (result.score === null ? '–' : format.percent(result.score)) },
          ]}
        />
      </Panel>
    </div>
  )
}
