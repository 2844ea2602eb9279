import { operations, type Application, type QueryOf } from '@datong/contracts'
import { Link } from 'react-router'
import { usePages } from '../../../shared/api/use-pages.ts'
import { useFormat, useName } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Chip } from '../../../shared/ui/chips.tsx'
import { Clock } from '../../../shared/ui/clock.tsx'
import { DataTable, type DataTableProps } from '../../../shared/ui/data-table.tsx'
import { ApplicationStateChip } from '../../../shared/ui/state-chip.tsx'

interface ApplicationsTableProps {
  readonly query: Omit<QueryOf<typeof operations.listApplications>, 'limit' | 'cursor' | 'sort'>
  readonly sort?: 'dueAt' | '-dueAt' | 'submittedAt' | '-submittedAt' | undefined
  readonly onSort?: (sort: string | undefined) => void
  readonly empty?: DataTableProps<Application>['empty']
  readonly selection?: DataTableProps<Application>['selection']
}

/** Applications in reach, earliest due first. */
export function ApplicationsTable({ query, sort, onSort, empty, selection }: ApplicationsTableProps) {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const pages = usePages(operations.listApplications, { query: { ...query, ...(sort ? { sort } : {}) } })
  return (
    <DataTable<Application>
      label={t('sharing.applications')} pages={pages} rowKey={(application) => application.id} sort={sort} {...(onSort ? { onSort } : {})}
      empty={empty ?? { title: t('sharing.noApplications'), hint: t('sharing.noApplicationsHint') }} {...(selection ? { selection } : {})}
      columns={[
        {
          key: 'title', title: t('sharing.column.application'),
          render: (application) => (
            <div className="dt-cell-title">
              <Link to={`/console/sharing/applications/${application.id}`}>{application.entryTitle}</Link>
              <div className="dt-secondary dt-cell-sub"><span className="dt-mono">{application.number}</span> · {t('sharing.fieldCount', { count: application.fields.length })}{application.link && ` · ${t(`sharing.link.${application.link.kind}`)}`}</div>
            </div>
          ),
        },
        { key: 'parties', title: t('sharing.column.parties'), render: (application) => <span className="dt-parties">{name(application.provider)} → {name(application.consumer)}</span> },
        { key: 'purpose', title: t('sharing.column.purpose'), render: (application) => <span className="dt-purpose" title={application.purpose}>{application.purpose}</span> },
        { key: 'state', title: t('sharing.column.state'), render: (application) => <span className="dt-chips"><ApplicationStateChip state={application.state} />{application.escalatedAt && application.state === 'submitted' && <Chip tone="cinnabar">{t('sharing.escalatedShort')}</Chip>}{application.urgedAt && application.state === 'submitted' && <Chip tone="gamboge">{t('sharing.urgedShort')}</Chip>}</span> },
        { key: 'due', title: t('sharing.column.clock'), sortKey: 'dueAt', render: (application) => <Clock clock={application.clock} /> },
        { key: 'submitted', title: t('sharing.column.submittedAt'), sortKey: 'submittedAt', render: (application) => <span className="dt-nowrap">{format.date(application.submittedAt)}</span> },
      ]}
    />
  )
}
