import { operations } from '@datong/contracts'
import { PlusOutlined } from '@ant-design/icons'
import { Alert, Button, Form, Input, InputNumber } from 'antd'
import { useState } from 'react'
import { useT } from '../../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../../shared/ui/action-dialog.tsx'
import { CopyButton } from '../../../shared/ui/copy-button.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { pick } from '../../../shared/ui/pick.ts'
import { Empty, Loaded } from '../../../shared/ui/states.tsx'
import { useDeliveryAccess } from '../access/delivery-access.tsx'
import { useDoing, useReading } from '../access/use-delivery.ts'
import { WebhookRow } from './webhook-row.tsx'

const REFETCH_MS = 4000

/** Addresses that changes are sent to: make, prove, pause, send again, end. */
export function WebhooksPage() {
  const { t } = useT()
  const { code } = useDeliveryAccess()
  const [making, setMaking] = useState(false)
  const [secret, setSecret] = useState<string | null>(null)
  const webhooks = useReading(operations.listWebhooks, { params: { code } }, { refetchMs: (last) => (last?.items.some((one) => one.state === 'active') ? REFETCH_MS : false) })
  const make = useDoing(operations.makeWebhook)
  return (
    <Panel title={t('workbench.webhooks.title')} extra={<Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>{t('workbench.webhooks.make')}</Button>} flush>
      <p className="dt-secondary dt-work-intro">{t('workbench.webhooks.hint')}</p>
      {secret !== null && (
        <Alert
          type="warning" showIcon title={t('workbench.webhooks.secret')} closable={{ onClose: () => setSecret(null) }}
          description={<><p>{t('workbench.webhooks.secretHint')}</p><span className="dt-work-acts"><code className="dt-work-url">{secret}</code><CopyButton text={secret} /></span></>}
        />
      )}
      <Loaded of={webhooks}>
        {({ items }) => items.length === 0
          ? <Empty title={t('workbench.webhooks.none')} hint={t('workbench.webhooks.noneHint')} />
          : <ul className="dt-work-list">{items.map((webhook) => <WebhookRow key={webhook.id} webhook={webhook} />)}</ul>}
      </Loaded>
      <ActionDialog<{ url: string; from?: number | null }>
        open={making} title={t('workbench.webhooks.make')} intro={t('workbench.webhooks.makeIntro')} submit={t('workbench.webhooks.make')} onClose={() => setMaking(false)}
        onSubmit={async ({ url, from }) => setSecret((await make.mutateAsync({ params: { code }, body: { url: url.trim(), ...pick('from', from ?? undefined) } })).secret)}
      >
        <Form.Item name="url" label={t('workbench.webhooks.url')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input placeholder="https://" maxLength={2000} autoFocus /></Form.Item>
        <Form.Item name="from" label={t('workbench.webhooks.from')} extra={t('workbench.webhooks.fromHint')}><InputNumber min={0} precision={0} /></Form.Item>
      </ActionDialog>
    </Panel>
  )
}
