import { operations, type App as Registered } from '@datong/contracts'
import { PlusOutlined } from '@ant-design/icons'
import { Alert, Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useAction, useApi } from '../../shared/api/hooks.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../shared/ui/action-dialog.tsx'
import { CopyButton } from '../../shared/ui/copy-button.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { Empty, Loaded } from '../../shared/ui/states.tsx'
import { KeyDialog, type KeyDeed } from './apps/key-dialogs.tsx'
import { KeyTable } from './apps/key-table.tsx'
import './sharing.css'

/** Systems that call, and their keys. A key is shown once. */
export function AppsPage() {
  const { t } = useT()
  const apps = useApi(operations.listApps)
  const [adding, setAdding] = useState(false)
  const [deed, setDeed] = useState<KeyDeed | null>(null)
  const [secret, setSecret] = useState<string | null>(null)
  const add = <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>{t('sharing.app.add')}</Button>

  return (
    <>
      <Loaded of={apps}>
        {({ items }) => items.length === 0
          ? <Panel><Empty title={t('sharing.app.none')} hint={t('sharing.app.noneHint')} action={add} /></Panel>
          : (
            <>
              <div className="dt-page-actions" style={{ marginBottom: 12 }}>{add}</div>
              {items.map((app) => <AppPanel key={app.id} app={app} onDeed={setDeed} />)}
            </>
          )}
      </Loaded>
      {adding && <AddDialog onClose={() => setAdding(false)} />}
      {deed && <KeyDialog deed={deed} onClose={() => setDeed(null)} onSecret={setSecret} />}
      <Modal open={secret !== null} title={t('sharing.key.shownOnce')} onCancel={() => setSecret(null)} maskClosable={false} footer={<Button type="primary" onClick={() => setSecret(null)}>{t('sharing.key.kept')}</Button>}>
        <Alert type="warning" showIcon title={t('sharing.key.shownOnceHint')} style={{ marginBottom: 12 }} />
        <div className="dt-secret"><code>{secret}</code><CopyButton text={secret ?? ''} /></div>
      </Modal>
    </>
  )
}

function AppPanel({ app, onDeed }: { readonly app: Registered; readonly onDeed: (deed: KeyDeed) => void }) {
  const { t } = useT()
  const acts = (
    <span className="dt-key-acts">
      <Button size="small" onClick={() => onDeed({ kind: 'sign', app })}>{t('sharing.key.sign')}</Button>
      <Button size="small" onClick={() => onDeed({ kind: 'make', app })}>{t('sharing.key.add')}</Button>
    </span>
  )
  return (
    <Panel title={app.name} extra={acts} flush>
      <p className="dt-secondary dt-app-head">
        {app.description && <span>{app.description}</span>}
        <span>client_id <span className="dt-mono">{app.id}</span><CopyButton text={app.id} /></span>
      </p>
      <KeyTable keys={app.keys} onRotate={(key) => onDeed({ kind: 'rotate', app, key })} onRevoke={(key) => onDeed({ kind: 'revoke', app, key })} />
    </Panel>
  )
}

function AddDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useT()
  const createApp = useAction(operations.createApp)
  return (
    <ActionDialog<{ name: string; description?: string }>
      open title={t('sharing.app.add')} intro={t('sharing.app.intro')} submit={t('sharing.app.add')} onClose={onClose}
      onSubmit={({ name, description }) => createApp.mutateAsync({ body: { name: name.trim(), ...(description?.trim() ? { description: description.trim() } : {}) } })}
    >
      <Form.Item name="name" label={t('sharing.app.name')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input maxLength={80} autoFocus /></Form.Item>
      <Form.Item name="description" label={t('sharing.app.description')}><Input.TextArea maxLength={500} rows={2} /></Form.Item>
    </ActionDialog>
  )
}
