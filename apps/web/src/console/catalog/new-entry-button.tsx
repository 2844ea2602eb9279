import { CloudUploadOutlined, FileAddOutlined } from '@ant-design/icons'
import { operations } from '@datong/contracts'
import { App, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useAction } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { useT } from '../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../shared/ui/action-dialog.tsx'
import { LinkButton } from '../../shared/ui/link-button.tsx'
import { ClassPicker } from './classification/class-picker.tsx'

/** The ways to a new entry: its first file, or its description before there are data. */
export function NewEntryButton() {
  const { t } = useT()
  const { user } = useSession()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const create = useAction(operations.createEntry)
  const [asked, setAsked] = useState(false)
  return (
    <>
      <Button icon={<FileAddOutlined />} onClick={() => setAsked(true)}>{t('entry.new.title')}</Button>
      <LinkButton to="/console/collection/upload" type="primary" icon={<CloudUploadOutlined />}>{t('catalog.newEntry')}</LinkButton>
      <ActionDialog<{ title: string; classification?: string }>
        open={asked} title={t('entry.new.title')} intro={t('entry.new.intro')} submit={t('entry.new.title')} onClose={() => setAsked(false)}
        onSubmit={async ({ title, classification }) => {
          const made = await create.mutateAsync({ body: { title: title.trim(), ...(classification ? { classification } : {}) } })
          void message.success(t('entry.new.made', { code: made.code }))
          void navigate(`/console/catalog/${made.code}/edit`)
        }}
      >
        <Form.Item name="title" label={t('entry.new.name')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input maxLength={200} autoFocus /></Form.Item>
        <Form.Item name="classification" label={t('entry.classification')} extra={t('entry.classificationHint')}><ClassPicker organisation={user?.organisation?.code ?? ''} /></Form.Item>
      </ActionDialog>
    </>
  )
}
