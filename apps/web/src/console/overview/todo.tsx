import { operations, type QueryOf } from '@datong/contracts'
import { Link } from 'react-router'
import { useApi } from '../../shared/api/hooks.ts'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Clock } from '../../shared/ui/clock.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { ApplicationStateChip, EntryStateChip } from '../../shared/ui/state-chip.tsx'
import { Loaded } from '../../shared/ui/states.tsx'

interface TodoProps<Q> {
  readonly title: string
  readonly query: Q
  readonly empty: string
}

const FEW = 5

const addressOf = (path: string, query: object): string => `${path}?${new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)]))}`

/** The next few applications that wait, earliest due first. */
export function TodoApplications({ title, query, empty }: TodoProps<QueryOf<typeof operations.listApplications>>) {
  const { t } = useT()
  const name = useName()
  const list = useApi(operations.listApplications, { query: { ...query, sort: 'dueAt', limit: FEW } })
  return (
    <Panel title={title} extra={<Link to={addressOf('/console/sharing', query)}>{t('common.all')}</Link>}>
      <Loaded of={list} rows={3}>
        {({ items }) => items.length === 0 ? <p className="dt-secondary">{empty}</p> : (
          <ul className="dt-todo">
            {items.map((application) => (
              <li key={application.id}>
                <div>
                  <Link to={`/console/sharing/applications/${application.id}`}>{application.entryTitle}</Link>
                  <div className="dt-secondary">{name(application.provider)} → {name(application.consumer)} · {t('sharing.fieldCount', { count: application.fields.length })}</div>
                </div>
                {application.state === 'submitted' || application.state === 'material-owed' ? <Clock clock={application.clock} /> : <ApplicationStateChip state={application.state} />}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Panel>
  )
}

/** The next few entries that wait for somebody's hand. */
export function TodoEntries({ title, query, empty }: TodoProps<QueryOf<typeof operations.searchEntries>>) {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const list = useApi(operations.searchEntries, { query: { ...query, sort: 'changedAt', limit: FEW } })
  return (
    <Panel title={title} extra={<Link to={addressOf('/console/catalog', query)}>{t('overview.allOf', { count: list.data?.total ?? 0 })}</Link>}>
      <Loaded of={list} rows={3}>
        {({ items }) => items.length === 0 ? <p className="dt-secondary">{empty}</p> : (
          <ul className="dt-todo">
            {items.map((entry) => (
              <li key={entry.code}>
                <div>
                  <Link to={`/console/catalog/${entry.code}`}>{entry.title}</Link>
                  <div className="dt-secondary">{name(entry.organisation)} · {format.date(entry.changedAt)}</div>
                </div>
                <EntryStateChip state={entry.state} />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Panel>
  )
}
