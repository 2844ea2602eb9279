import { operations } from '@datong/contracts'
import { App, Form, Input, Radio } from 'antd'
import { useAction } from '../api/hooks.ts'
import { useT } from '../i18n/use-t.ts'
import { ActionDialog } from '../ui/action-dialog.tsx'

/** Asks for data that cannot be found. @param inner of a department, which may keep it to departments */
export function FileDemand({ onClose, inner = false, title = '' }: { readonly onClose: () => void; readonly inner?: boolean; readonly title?: string }) {
  const { t } = useT()
  const { message } = App.useApp()
  const file = useAction(operations.fileDemand)
  const required = [{ required: true, whitespace: true, message: t('common.required') }]
  return (
    <ActionDialog<{ title: string; description: string; audience?: 'public' | 'departments' }>
      open title={t('lists.file')} intro={t('lists.fileIntro')} submit={t('lists.file')} initial={{ title, ...(inner ? { audience: 'departments' as const } : {}) }} onClose={onClose}
      onSubmit={async ({ audience, ...values }) => {
        const { number } = await file.mutateAsync({ body: { title: values.title.trim(), description: values.description.trim(), ...(audience ? { audience } : {}) } })
        void message.success(t('lists.filed', { number }))
      }}
    >
      <Form.Item name="title" label={t('lists.demandTitle')} rules={required}><Input maxLength={120} autoFocus /></Form.Item>
      <Form.Item name="description" label={t('lists.demandDescription')} rules={required}><Input.TextArea rows={4} maxLength={2000} /></Form.Item>
      {inner && <Form.Item name="audience" label={t('lists.audience')}><Radio.Group options={(['departments', 'public'] as const).map((value) => ({ value, label: t(`lists.audience.${value}`) }))} /></Form.Item>}
    </ActionDialog>
  )
}
