import { operations, type WEBHOOK_ACTIONS, type Webhook } from '@datong/contracts'
import { Button, Form, InputNumber } from 'antd'
import { useState } from 'react'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../../shared/ui/action-dialog.tsx'
import { Chip, type Tone } from '../../../shared/ui/chips.tsx'
import { useDoing } from '../access/use-delivery.ts'
import { useDeed } from '../workbench/use-deed.ts'
import { useReason } from '../workbench/use-reason.ts'
import { DeadLetters } from './dead-letters.tsx'

type Action = (typeof WEBHOOK_ACTIONS)[number]
const TONE: Record<Webhook['state'], Tone> = { pending: 'gamboge', active: 'jade', paused: 'gamboge', ended: 'plain' }
/** Steps that each state allows, as `act-on-webhook` on the server. */
const STEPS: Record<Webhook['state'], readonly Action[]> = { pending: ['activate', 'test'], active: ['test', 'pause'], paused: ['test', 'resume'], ended: [] }

/** One webhook with where it stands and what can be done with it. */
export function WebhookRow({ webhook }: { readonly webhook: Webhook }) {
  const { t } = useT()
  const format = useFormat()
  const reason = useReason()
  const { run, confirm } = useDeed()
  const [replaying, setReplaying] = useState(false)
  const [showDead, setShowDead] = useState(false)
  const act = useDoing(operations.actOnWebhook)
  const end = useDoing(operations.endWebhook)
  const params = { code: webhook.code, id: webhook.id }
  const replay = (from: number): Promise<unknown> => act.mutateAsync({ params: { ...params, action: 'replay' }, body: { from } })
  const sends = webhook.state === 'active' || webhook.state === 'paused'
  return (
    <li>
      <div className="dt-work-list-head">
        <strong>{webhook.url}</strong>
        <Chip tone={TONE[webhook.state]}>{t(`workbench.webhooks.state.${webhook.state}`)}</Chip>
        {webhook.reason && <span className="dt-secondary">{reason(webhook.reason)}</span>}
      </div>
      <div className="dt-work-facts dt-secondary">
        <span>{t('workbench.webhooks.position', { position: format.number(webhook.position) })}</span>
        <span>{webhook.deliveredAt ? t('workbench.webhooks.delivered', { batches: format.number(webhook.delivered), at: format.dateTime(webhook.deliveredAt) }) : t('workbench.webhooks.nothingDelivered')}</span>
        {webhook.lastError && <span className="dt-work-miss">{t('workbench.webhooks.lastError', { tries: webhook.tries, error: webhook.lastError })}</span>}
        {webhook.nextTryAt && <span>{t('workbench.webhooks.nextTry', { at: format.dateTime(webhook.nextTryAt) })}</span>}
      </div>
      {webhook.state !== 'ended' && (
        <div className="dt-work-acts">
          {STEPS[webhook.state].map((action) => (
            <Button key={action} size="small" type={action === 'activate' ? 'primary' : 'default'} loading={act.isPending && act.variables?.params?.action === action} onClick={() => run(() => act.mutateAsync({ params: { ...params, action }, body: {} }), t(`workbench.webhooks.done.${action}`))}>{t(`workbench.webhooks.action.${action}`)}</Button>
          ))}
          {sends && <Button size="small" onClick={() => setReplaying(true)}>{t('workbench.webhooks.action.replay')}</Button>}
          <Button size="small" aria-expanded={showDead} onClick={() => setShowDead(!showDead)}>{t('workbench.webhooks.dead')}</Button>
          <Button size="small" danger onClick={() => confirm(t('workbench.webhooks.endAsk'), () => end.mutateAsync({ params }), t('workbench.webhooks.ended'))}>{t('workbench.end')}</Button>
        </div>
      )}
      {showDead && <DeadLetters webhook={webhook} onRetry={sends ? (from) => run(() => replay(from), t('workbench.webhooks.done.replay')) : undefined} />}
      <ActionDialog<{ from: number }>
        open={replaying} title={t('workbench.webhooks.replayTitle')} intro={t('workbench.webhooks.replayIntro')} submit={t('workbench.webhooks.action.replay')} initial={{ from: webhook.position }} onClose={() => setReplaying(false)}
        onSubmit={({ from }) => replay(from)}
      >
        <Form.Item name="from" label={t('workbench.webhooks.from')} rules={[{ required: true, message: t('common.required') }]}><InputNumber min={0} precision={0} autoFocus /></Form.Item>
      </ActionDialog>
    </li>
  )
}
