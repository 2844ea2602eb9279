import { operations, type Grant, type QueryOf } from '@datong/contracts'
import { Link } from 'react-router'
import { usePages } from '../../../shared/api/use-pages.ts'
import { useFormat, useName } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { DataTable } from '../../../shared/ui/data-table.tsx'
import { GrantStateChip } from '../../../shared/ui/state-chip.tsx'
import { EvaluationMark } from './evaluation-mark.tsx'
import { Sparkline } from './sparkline.tsx'
import '../sharing.css'

interface GrantsTableProps {
  readonly query: Omit<QueryOf<typeof operations.listGrants>, 'limit' | 'cursor'>
}

/** Grants given and received. */
export function GrantsTable({ query }: GrantsTableProps) {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const pages = usePages(operations.listGrants, { query })
  return (
    <DataTable<Grant>
      label={t('sharing.grants')} pages={pages} rowKey={(grant) => grant.id}
      empty={{ title: t('sharing.noGrants'), hint: t('sharing.noGrantsHint') }}
      columns={[
        {
          key: 'number', title: t('sharing.column.grant'),
          render: (grant) => (
            <div className="dt-cell-title">
              <Link to={`/console/sharing/grants/${grant.id}`}>{grant.entryTitle}</Link>
              <div className="dt-secondary dt-cell-sub"><span className="dt-mono">{grant.number}</span> · {t('sharing.fieldCount', { count: grant.fields.length })}{grant.gives !== 'rows' && ` · ${t(`sharing.delivery.${grant.gives}`)}`}</div>
            </div>
          ),
        },
        { key: 'parties', title: t('sharing.column.parties'), render: (grant) => <span className="dt-parties">{name(grant.provider)} → {name(grant.consumer)}</span> },
        { key: 'app', title: t('sharing.column.app'), optional: true, render: (grant) => grant.appName || '–' },
        { key: 'state', title: t('sharing.column.state'), render: (grant) => <span className="dt-chips"><GrantStateChip state={grant.state} /><EvaluationMark grant={grant} /></span> },
        { key: 'month', title: t('sharing.usage30'), render: (grant) => (grant.callsTotal > 0 ? <Sparkline grantId={grant.id} /> : <span className="dt-secondary">{t('sharing.neverUsed')}</span>) },
        { key: 'today', title: t('sharing.column.callsToday'), align: 'right', render: (grant) => format.number(grant.callsToday) },
        { key: 'total', title: t('sharing.column.callsTotal'), align: 'right', render: (grant) => format.large(grant.callsTotal) },
        { key: 'last', title: t('sharing.column.lastUsed'), optional: true, render: (grant) => (grant.lastUsedAt ? format.dateTime(grant.lastUsedAt) : '–') },
        { key: 'until', title: t('sharing.column.until'), render: (grant) => <span className="dt-nowrap">{grant.until}</span> },
      ]}
    />
  )
}
