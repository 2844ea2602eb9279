import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { WideTable } from '../workbench/wide-table.tsx'
import type { Usage } from './usage.ts'

/** The figures behind the chart, the latest day first. */
export function DayTable({ days }: { readonly days: Usage['days'] }) {
  const { t } = useT()
  const format = useFormat()
  return (
    <WideTable
      label={t('delivery.byDay')} rowKey="day" dataSource={days.toReversed()} pagination={{ pageSize: 14, showSizeChanger: false, hideOnSinglePage: true }}
      columns={[
        { key: 'day', title: t('delivery.day'), render: (_, day) => day.day },
        { key: 'calls', title: t('delivery.calls'), align: 'right', render: (_, day) => format.number(day.calls) },
        { key: 'errors', title: t('delivery.refused'), align: 'right', render: (_, day) => format.number(day.errors) },
        { key: 'rows', title: t('delivery.rows'), align: 'right', render: (_, day) => format.number(day.rows) },
        { key: 'bytes', title: t('delivery.bytes'), align: 'right', render: (_, day) => format.bytes(day.bytes) },
      ]}
    />
  )
}
