import { type Entry, operations } from '@datong/contracts'
import { App, Button, Form, Input, Radio } from 'antd'
import { useState } from 'react'
import { useAction } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { useT } from '../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../shared/ui/action-dialog.tsx'

/** Says that a duty or the data changed, from when on the entry is to be updated. */
export function ReportChange({ entry }: { readonly entry: Entry }) {
  const { t } = useT()
  const { message } = App.useApp()
  const { user, has } = useSession()
  const [open, setOpen] = useState(false)
  const report = useAction(operations.reportEntryChange)
  const mine = has('steward') || (has('provider') && user?.organisation?.code === entry.organisation.code)
  if (entry.state !== 'published' || !mine) return null
  const required = [{ required: true, whitespace: true, message: t('common.required') }]
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('clocks.report')}</Button>
      {open && (
        <ActionDialog<{ what: 'duty' | 'data'; knownOn: string; note: string }>
          open title={t('clocks.report')} intro={t('clocks.reportIntro')} submit={t('clocks.report')} onClose={() => setOpen(false)}
          initial={{ what: 'data', knownOn: new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' }) }}
          onSubmit={async (values) => {
            await report.mutateAsync({ params: { code: entry.code }, body: { ...values, note: values.note.trim() } })
            void message.success(t('clocks.reported'))
          }}
        >
          <Form.Item name="what" label={t('clocks.what')}><Radio.Group options={[{ value: 'duty', label: t('clocks.what.duty') }, { value: 'data', label: t('clocks.what.data') }]} /></Form.Item>
          <Form.Item name="knownOn" label={t('clocks.knownOn')} rules={required}><Input type="date" style={{ width: 200 }} /></Form.Item>
          <Form.Item name="note" label={t('clocks.changed')} rules={required}><Input.TextArea rows={3} maxLength={1000} /></Form.Item>
        </ActionDialog>
      )}
    </>
  )
}
