import { GRANT_STATES } from '@datong/contracts'
import { Segmented, Select } from 'antd'
import { useSession } from '../../../shared/api/session.tsx'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { pick } from '../../../shared/ui/pick.ts'
import { oneOf, useFilters } from '../../../shared/ui/use-filters.ts'
import { GrantsTable } from './grants-table.tsx'

const SIDES = ['provider', 'consumer'] as const

/** Grants given and received. */
export function GrantsPage() {
  const { t } = useT()
  const { has } = useSession()
  const { values, set } = useFilters(['side', 'state'])
  const side = oneOf(SIDES, values.side)
  const state = oneOf(GRANT_STATES, values.state)
  return (
    <Panel flush>
      <div className="dt-filters">
        {has('provider') && has('consumer') && (
          <Segmented
            value={side ?? 'all'} onChange={(value) => set('side', value === 'all' ? undefined : value)}
            options={[{ value: 'all', label: t('common.all') }, ...SIDES.map((value) => ({ value, label: t(`sharing.grantSide.${value}`) }))]}
          />
        )}
        <Select
          allowClear placeholder={t('sharing.column.state')} aria-label={t('sharing.column.state')} value={state ?? null} onChange={(value) => set('state', value ?? undefined)}
          options={GRANT_STATES.map((value) => ({ value, label: t(`common.grantState.${value}`) }))}
        />
      </div>
      <GrantsTable query={{ ...pick('side', side), ...pick('state', state) }} />
    </Panel>
  )
}
