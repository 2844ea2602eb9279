import { APPLICATION_STATES, operations } from '@datong/contracts'
import { Checkbox, Select } from 'antd'
import { useState } from 'react'
import { useSession } from '../../../shared/api/session.tsx'
import { useT } from '../../../shared/i18n/use-t.ts'
import { LinkButton } from '../../../shared/ui/link-button.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { pick } from '../../../shared/ui/pick.ts'
import { SearchBox } from '../../../shared/ui/search-box.tsx'
import { SectionTabs } from '../../../shared/ui/section-tabs.tsx'
import { oneOf, useFilters } from '../../../shared/ui/use-filters.ts'
import { ApplicationsTable } from './applications-table.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { isDecidable, QUERY_OF, viewOf, viewsOf } from './views.ts'

const SORTS = ['dueAt', '-dueAt', 'submittedAt', '-submittedAt'] as const
const SIDES = ['provider', 'consumer'] as const

/** Inbox of applications, earliest due first: what waits for our answer, what we answered, what we asked for. */
export function ApplicationsPage() {
  const { t } = useT()
  const { has, can } = useSession()
  const { values, set } = useFilters(['view', 'side', 'state', 'late', 'q', 'sort'])
  const [chosen, setChosen] = useState<string[]>([])
  const side = oneOf(SIDES, values.side)
  const state = oneOf(APPLICATION_STATES, values.state)
  const views = viewsOf(has)
  const view = viewOf(views, values.view, side !== undefined || state !== undefined || values.late === 'true')
  const fixed = QUERY_OF[view]
  const decides = can(operations.bulkDecide)
  return (
    <Panel flush>
      {views.length > 1 && (
        <SectionTabs className="dt-state-tabs" label={t('sharing.views')} value={view} onChange={(key) => { setChosen([]); set('view', key) }} items={views.map((key) => ({ key, label: t(`sharing.view.${key}`) }))} />
      )}
      <div className="dt-filters" role="search">
        <SearchBox value={values.q} placeholder={t('sharing.searchHint')} onSearch={(q) => set('q', q)} />
        {fixed.state === undefined && (
          <Select
            allowClear placeholder={t('sharing.column.state')} aria-label={t('sharing.column.state')} value={state ?? null} onChange={(value) => set('state', value ?? undefined)}
            options={APPLICATION_STATES.map((value) => ({ value, label: t(`common.applicationState.${value}`) }))}
          />
        )}
        <Checkbox checked={values.late === 'true'} onChange={(event) => set('late', event.target.checked ? 'true' : undefined)}>{t('sharing.onlyLate')}</Checkbox>
      </div>
      <ApplicationsTable
        query={{ ...pick('side', side), ...pick('state', state), ...pick('q', values.q), ...(values.late === 'true' ? { late: true } : {}), ...fixed }}
        sort={oneOf(SORTS, values.sort) ?? 'dueAt'} onSort={(sort) => set('sort', sort)}
        empty={view === 'waiting'
          ? { title: t('sharing.nothingWaiting'), hint: t('sharing.nothingWaitingHint') }
          : view === 'ours'
            ? { title: t('sharing.noApplications'), hint: t('sharing.noApplicationsHint'), action: <LinkButton to="/console/catalog">{t('apply.toCatalogue')}</LinkButton> }
            : { title: t('sharing.noneFound'), hint: t('sharing.noneFoundHint') }}
        {...(decides ? { selection: { chosen, onChange: setChosen, choosable: isDecidable, name: (application) => t('sharing.choose', { number: application.number }), bar: <BulkBar ids={chosen} onClear={() => setChosen([])} /> } } : {})}
      />
    </Panel>
  )
}
