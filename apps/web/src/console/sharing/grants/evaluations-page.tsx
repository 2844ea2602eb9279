import { operations, type Evaluation } from '@datong/contracts'
import { Link } from 'react-router'
import { usePages } from '../../../shared/api/use-pages.ts'
import { useFormat, useName } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { DataTable } from '../../../shared/ui/data-table.tsx'
import { Score } from '../../../shared/ui/score.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'

/** What consumers say of shared data, the newest first. */
export function EvaluationsPage() {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const pages = usePages(operations.listEvaluations)
  return (
    <Panel flush>
      <DataTable<Evaluation>
        label={t('sharing.evaluations')} pages={pages} rowKey={(evaluation) => evaluation.id} empty={{ title: t('sharing.noEvaluations'), hint: t('sharing.noEvaluationsHint') }}
        columns={[
          {
            key: 'entry', title: t('sharing.form.entry'),
            render: (evaluation) => (
              <div className="dt-cell-title">
                <Link to={`/console/sharing/applications/${evaluation.applicationId}`}>{evaluation.entryTitle}</Link>
                <div className="dt-secondary dt-cell-sub">{name(evaluation.provider)} → {name(evaluation.consumer)}</div>
              </div>
            ),
          },
          ...(['quality', 'timeliness', 'effect'] as const).map((score) => ({
            key: score, title: t(`sharing.score.${score}`), render: (evaluation: Evaluation) => <Score value={evaluation.scores[score]} />,
          })),
          { key: 'comment', title: t('sharing.comment'), render: (evaluation) => <span className="dt-purpose">{evaluation.comment || '–'}</span> },
          { key: 'at', title: t('sharing.column.at'), render: (evaluation) => <span className="dt-nowrap">{evaluation.by} · {format.date(evaluation.at)}</span> },
        ]}
      />
    </Panel>
  )
}
