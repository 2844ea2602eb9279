import { operations } from '@datong/contracts'
import { useApi } from '../../../shared/api/hooks.ts'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Figure } from '../../../shared/ui/figure.tsx'
import { pick } from '../../../shared/ui/pick.ts'
import { Loaded } from '../../../shared/ui/states.tsx'
import { oneOf, useFilters } from '../../../shared/ui/use-filters.ts'
import { Breakdowns } from './breakdowns.tsx'
import { UsageChart } from '../usage-chart.tsx'
import type { Usage } from './usage.ts'
import { SPANS, UsageFilters } from './usage-filters.tsx'

/** What left the platform: calls, rows and volume by day with what was refused; by entry, consumer, purpose and grade. */
export function CallsPage() {
  const { t } = useT()
  const { values, set } = useFilters(['days', 'entry', 'grant'])
  const days = Number(oneOf(SPANS, values.days) ?? '30')
  const query = { days, ...pick('entryCode', values.entry), ...pick('grantId', values.grant) }
  const usage = useApi(operations.usage, { query }, { keepPrevious: true })
  return (
    <>
      <UsageFilters days={days} entry={values.entry} grant={values.grant} onChange={set} />
      <Loaded of={usage}>{(data) => <UsageFigures usage={data} />}</Loaded>
      <UsageChart query={query} />
      {usage.data && <Breakdowns usage={usage.data} />}
      <p className="dt-secondary">{t('delivery.source')}</p>
    </>
  )
}

function UsageFigures({ usage }: { readonly usage: Usage }) {
  const { t } = useT()
  const format = useFormat()
  const errors = usage.days.reduce((sum, day) => sum + day.errors, 0)
  const ms = (value: number | null): string => (value === null ? '–' : t('delivery.ms', { ms: format.number(value, 1) }))
  return (
    <div className="dt-figures">
      <Figure label={t('delivery.callsToday')} value={format.large(usage.callsToday)} />
      <Figure label={t('delivery.callsSpan')} value={format.large(usage.totalCalls)} />
      <Figure label={t('delivery.rowsSpan')} value={format.large(usage.totalRows)} />
      <Figure label={t('delivery.bytesSpan')} value={format.bytes(usage.days.reduce((sum, day) => sum + day.bytes, 0))} />
      <Figure label={t('delivery.errorsSpan')} value={format.large(errors)} tone={errors > 0 && errors * 20 > usage.totalCalls ? 'cinnabar' : undefined} />
      <Figure label={t('delivery.p50')} value={ms(usage.p50Ms)} />
      <Figure label={t('delivery.p95')} value={ms(usage.p95Ms)} />
    </div>
  )
}
