import { operations, type App as Registered } from '@datong/contracts'
import { PlusOutlined } from '@ant-design/icons'
import { Alert, App, Button, DatePicker, Form, Input, Modal, Table } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { useAction, useApi } from '../../shared/api/hooks.ts'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../shared/ui/action-dialog.tsx'
import { Chip } from '../../shared/ui/chips.tsx'
import { CopyButton } from '../../shared/ui/copy-button.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { Empty, Loaded } from '../../shared/ui/states.tsx'
import './sharing.css'

type Key = Registered['keys'][number]

/** Systems that call, and their keys. A key is shown once. */
export function AppsPage() {
  const { t } = useT()
  const { message } = App.useApp()
  const apps = useApi(operations.listApps)
  const createApp = useAction(operations.createApp)
  const createKey = useAction(operations.createKey)
  const revokeKey = useAction(operations.revokeKey)
  const [adding, setAdding] = useState(false)
  const [keyFor, setKeyFor] = useState<Registered | null>(null)
  const [revoking, setRevoking] = useState<{ app: Registered; key: Key } | null>(null)
  const [secret, setSecret] = useState<string | null>(null)
  const required = [{ required: true, whitespace: true, message: t('common.required') }]
  const add = <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>{t('sharing.app.add')}</Button>

  return (
    <>
      <Loaded of={apps}>
        {({ items }) => items.length === 0
          ? <Panel><Empty title={t('sharing.app.none')} hint={t('sharing.app.noneHint')} action={add} /></Panel>
          : (
            <>
              <div className="dt-page-actions" style={{ marginBottom: 12 }}>{add}</div>
              {items.map((app) => (
                <Panel key={app.id} title={app.name} extra={<Button size="small" onClick={() => setKeyFor(app)}>{t('sharing.key.add')}</Button>} flush>
                  {app.description && <p className="dt-secondary" style={{ padding: '0 20px 12px' }}>{app.description}</p>}
                  <KeyTable keys={app.keys} onRevoke={(key) => setRevoking({ app, key })} />
                </Panel>
              ))}
            </>
          )}
      </Loaded>
      <ActionDialog<{ name: string; description?: string }>
        open={adding} title={t('sharing.app.add')} intro={t('sharing.app.intro')} submit={t('sharing.app.add')} onClose={() => setAdding(false)}
        onSubmit={async ({ name, description }) => createApp.mutateAsync({ body: { name: name.trim(), ...(description?.trim() ? { description: description.trim() } : {}) } })}
      >
        <Form.Item name="name" label={t('sharing.app.name')} rules={required}><Input maxLength={80} autoFocus /></Form.Item>
        <Form.Item name="description" label={t('sharing.app.description')}><Input.TextArea maxLength={500} rows={2} /></Form.Item>
      </ActionDialog>
      {keyFor && (
        <ActionDialog<{ name: string; expiresAt?: Dayjs }>
          open title={t('sharing.key.addTo', { app: keyFor.name })} intro={t('sharing.key.intro')} submit={t('sharing.key.add')} onClose={() => setKeyFor(null)}
          onSubmit={async ({ name, expiresAt }) => {
            const made = await createKey.mutateAsync({ params: { id: keyFor.id }, body: { name: name.trim(), ...(expiresAt ? { expiresAt: expiresAt.endOf('day').toISOString() } : {}) } })
            setSecret(made.key)
          }}
        >
          <Form.Item name="name" label={t('sharing.key.name')} rules={required}><Input maxLength={80} autoFocus /></Form.Item>
          <Form.Item name="expiresAt" label={t('sharing.key.expires')}><DatePicker format="YYYY-MM-DD" minDate={dayjs().add(1, 'day')} style={{ width: '100%' }} /></Form.Item>
        </ActionDialog>
      )}
      {revoking && (
        <ActionDialog<{ reason: string }>
          open danger title={t('sharing.key.revokeTitle', { key: revoking.key.name })} intro={t('sharing.key.revokeIntro')} submit={t('sharing.key.revoke')} onClose={() => setRevoking(null)}
          onSubmit={async ({ reason }) => {
            await revokeKey.mutateAsync({ params: { id: revoking.app.id, keyId: revoking.key.id }, body: { reason: reason.trim() } })
            void message.success(t('sharing.key.revokedNow'))
          }}
        >
          <Form.Item name="reason" label={t('common.reason')} rules={required}><Input.TextArea maxLength={500} rows={2} autoFocus /></Form.Item>
        </ActionDialog>
      )}
      <Modal open={secret !== null} title={t('sharing.key.shownOnce')} onCancel={() => setSecret(null)} maskClosable={false} footer={<Button type="primary" onClick={() => setSecret(null)}>{t('sharing.key.kept')}</Button>}>
        <Alert type="warning" showIcon title={t('sharing.key.shownOnceHint')} style={{ marginBottom: 12 }} />
        <div className="dt-secret"><code>{secret}</code><CopyButton text={secret ?? ''} /></div>
      </Modal>
    </>
  )
}

function KeyTable({ keys, onRevoke }: { readonly keys: readonly Key[]; readonly onRevoke: (key: Key) => void }) {
  const { t } = useT()
  const format = useFormat()
  const gone = (key: Key): boolean => key.revokedAt !== null || (key.expiresAt !== null && new Date(key.expiresAt) < new Date())
  return (
    <Table
      size="small" rowKey="id" dataSource={[...keys]} pagination={false} scroll={{ x: 'max-content' }} locale={{ emptyText: t('sharing.key.none') }}
      columns={[
        { key: 'name', title: t('sharing.key.name'), render: (_, key) => key.name },
        { key: 'prefix', title: t('sharing.key.prefix'), render: (_, key) => <span className="dt-mono">{key.prefix}…</span> },
        { key: 'state', title: t('sharing.column.state'), render: (_, key) => key.revokedAt ? <Chip tone="cinnabar">{t('sharing.key.revoked')}</Chip> : gone(key) ? <Chip tone="plain">{t('sharing.key.expired')}</Chip> : <Chip tone="jade">{t('sharing.key.active')}</Chip> },
        { key: 'created', title: t('sharing.key.created'), render: (_, key) => format.date(key.createdAt) },
        { key: 'expires', title: t('sharing.key.expires'), render: (_, key) => (key.expiresAt ? format.date(key.expiresAt) : t('sharing.key.never')) },
        { key: 'used', title: t('sharing.column.lastUsed'), render: (_, key) => (key.lastUsedAt ? format.dateTime(key.lastUsedAt) : t('sharing.neverUsed')) },
        { key: 'act', title: '', render: (_, key) => (gone(key) ? null : <Button size="small" danger onClick={() => onRevoke(key)}>{t('sharing.key.revoke')}</Button>) },
      ]}
    />
  )
}
