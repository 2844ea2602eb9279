import { APPLICATION_STATES } from '@datong/contracts'
import { Checkbox, Segmented, Select } from 'antd'
import { useSession } from '../../shared/api/session.tsx'
import { useT } from '../../shared/i18n/use-t.ts'
import { Panel } from '../../shared/ui/page-header.tsx'
import { pick } from '../../shared/ui/pick.ts'
import { SearchBox } from '../../shared/ui/search-box.tsx'
import { oneOf, useFilters } from '../../shared/ui/use-filters.ts'
import { ApplicationsTable } from './applications-table.tsx'

const SORTS = ['dueAt', '-dueAt', 'submittedAt', '-submittedAt'] as const
const SIDES = ['provider', 'consumer'] as const

/** Inbox of applications: what waits for an answer, and what was asked for. */
export function ApplicationsPage() {
  const { t } = useT()
  const { has } = useSession()
  const { values, set } = useFilters(['side', 'state', 'late', 'q', 'sort'])
  const bothSides = has('provider') && has('consumer')
  const side = oneOf(SIDES, values.side)
  const state = oneOf(APPLICATION_STATES, values.state)
  return (
    <Panel flush>
      <div className="dt-filters" role="search">
        <SearchBox value={values.q} placeholder={t('sharing.searchHint')} onSearch={(q) => set('q', q)} />
        {bothSides && (
          <Segmented
            value={side ?? 'all'} onChange={(value) => set('side', value === 'all' ? undefined : value)}
            options={[{ value: 'all', label: t('common.all') }, ...SIDES.map((value) => ({ value, label: t(`sharing.side.${value}`) }))]}
          />
        )}
        <Select
          allowClear placeholder={t('sharing.column.state')} aria-label={t('sharing.column.state')} value={state ?? null} onChange={(value) => set('state', value ?? undefined)}
          options={APPLICATION_STATES.map((value) => ({ value, label: t(`common.applicationState.${value}`) }))}
        />
        <Checkbox checked={values.late === 'true'} onChange={(event) => set('late', event.target.checked ? 'true' : undefined)}>{t('sharing.onlyLate')}</Checkbox>
      </div>
      <ApplicationsTable
        query={{ ...pick('side', side), ...pick('state', state), ...pick('q', values.q), ...(values.late === 'true' ? { late: true } : {}) }}
        sort={oneOf(SORTS, values.sort)} onSort={(sort) => set('sort', sort)}
      />
    </Panel>
  )
}
