import { operations, type Webhook } from '@datong/contracts'
import { Button } from 'antd'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Loaded } from '../../../shared/ui/states.tsx'
import { useReading } from '../access/use-delivery.ts'
import { WideTable } from '../workbench/wide-table.tsx'

interface DeadLettersProps {
  readonly webhook: Webhook
  /** Sends again from behind a position; absent where the webhook sends nothing. */
  readonly onRetry: ((from: number) => void) | undefined
}

/** Batches that were given up after all tries. */
export function DeadLetters({ webhook, onRetry }: DeadLettersProps) {
  const { t } = useT()
  const format = useFormat()
  const dead = useReading(operations.listDeadBatches, { params: { code: webhook.code, id: webhook.id } })
  return (
    <Loaded of={dead} rows={2}>
      {({ items }) => items.length === 0
        ? <p className="dt-secondary">{t('workbench.webhooks.noDead')}</p>
        : (
          <WideTable
            label={t('workbench.webhooks.dead')} rowKey="messageId" dataSource={items} pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
            columns={[
              { key: 'at', title: t('workbench.webhooks.deadAt'), render: (_, batch) => format.dateTime(batch.at) },
              { key: 'stretch', title: t('workbench.webhooks.stretch'), align: 'right', className: 'dt-num', render: (_, batch) => `${format.number(batch.from)} – ${format.number(batch.to)}` },
              { key: 'tries', title: t('workbench.webhooks.tries'), align: 'right', className: 'dt-num', render: (_, batch) => batch.tries },
              { key: 'error', title: t('workbench.webhooks.error'), render: (_, batch) => <span className="dt-mono">{batch.error}</span> },
              { key: 'retry', title: '', render: (_, batch) => onRetry && <Button size="small" onClick={() => onRetry(batch.from)}>{t('workbench.webhooks.retry')}</Button> },
            ]}
          />
        )}
    </Loaded>
  )
}
