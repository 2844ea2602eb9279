import { operations } from '@datong/contracts'
import { Segmented, Select } from 'antd'
import { useApi } from '../../../shared/api/hooks.ts'
import { useSession } from '../../../shared/api/session.tsx'
import { useName } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { pick } from '../../../shared/ui/pick.ts'

export const SPANS = ['7', '30', '90', '365'] as const

interface UsageFiltersProps {
  readonly days: number
  readonly entry: string | undefined
  readonly grant: string | undefined
  readonly onChange: (name: 'days' | 'entry' | 'grant', value: string | undefined) => void
}

/** Over which time, of which entry, by which grant. Entries are those that were called at all. */
export function UsageFilters({ days, entry, grant, onChange }: UsageFiltersProps) {
  const { t } = useT()
  const name = useName()
  const { can } = useSession()
  const all = useApi(operations.usage, { query: { days: 365 } })
  const grants = useApi(operations.listGrants, { query: { limit: 200, ...pick('entryCode', entry) } }, { enabled: can(operations.listGrants), keepPrevious: true })
  return (
    <div className="dt-use-filters">
      <Segmented aria-label={t('delivery.span')} value={String(days)} onChange={(value) => onChange('days', value)} options={SPANS.map((value) => ({ value, label: t('delivery.spanDays', { count: Number(value) }) }))} />
      <Select
        allowClear showSearch={{ optionFilterProp: 'label' }} placeholder={t('delivery.allEntries')} aria-label={t('delivery.entry')} value={entry ?? null} onChange={(value) => onChange('entry', value ?? undefined)}
        options={all.data?.byEntry.map(({ entryCode, title }) => ({ value: entryCode, label: title })) ?? []}
      />
      {can(operations.listGrants) && (
        <Select
          allowClear showSearch={{ optionFilterProp: 'label' }} placeholder={t('delivery.allGrants')} aria-label={t('delivery.grant')} value={grant ?? null} onChange={(value) => onChange('grant', value ?? undefined)}
          options={grants.data?.items.map((one) => ({ value: one.id, label: `${one.number} ${one.entryTitle} → ${name(one.consumer)}` })) ?? []}
        />
      )}
    </div>
  )
}
