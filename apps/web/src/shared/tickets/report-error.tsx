import { BugOutlined } from '@ant-design/icons'
import { type Entry, operations, type Report } from '@datong/contracts'
import { Alert, Button, Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useAction } from '../api/hooks.ts'
import { useSession } from '../api/session.tsx'
import { useName, useTitle } from '../i18n/use-format.ts'
import { useT } from '../i18n/use-t.ts'
import { ActionDialog } from '../ui/action-dialog.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import './report-error.css'

interface Values {
  readonly description: string
  readonly field?: string
  readonly rowField?: string
  readonly rowValue?: string
  readonly seen?: string
  readonly proposed?: string
}

type Reported = Pick<Entry, 'code' | 'title' | 'titleEn' | 'state' | 'version' | 'fields'>

/** 报错: says that something in published data is wrong. Nobody has to sign in; who does not gets an address to look at. */
export function ReportErrorButton({ entry, size = 'middle' }: { readonly entry: Reported; readonly size?: 'middle' | 'large' }) {
  const { t } = useT()
  const [open, setOpen] = useState(false)
  const [filed, setFiled] = useState<Report | null>(null)
  if (entry.state !== 'published' || entry.version === null) return null
  return (
    <>
      <Button size={size} icon={<BugOutlined />} onClick={() => setOpen(true)}>{t('tickets.report')}</Button>
      {open && <ReportDialog entry={entry} onClose={() => setOpen(false)} onFiled={setFiled} />}
      {filed && <FiledDialog report={filed} onClose={() => setFiled(null)} />}
    </>
  )
}

const filled = (text: string | undefined): string | undefined => (text?.trim() ? text.trim() : undefined)

function ReportDialog({ entry, onClose, onFiled }: { readonly entry: Reported; readonly onClose: () => void; readonly onFiled: (report: Report) => void }) {
  const { t } = useT()
  const { user } = useSession()
  const titleOf = useTitle()
  const report = useAction(operations.reportError)
  const fields = entry.fields.map(({ name }) => ({ value: name, label: name }))
  const [first] = entry.fields.filter(({ identifier }) => identifier)
  return (
    <ActionDialog<Values>
      open width={600} title={t('tickets.reportTitle', { title: titleOf(entry) })} intro={t(user ? 'tickets.reportIntro' : 'tickets.reportIntroPublic')} submit={t('tickets.sendReport')}
      initial={first ? { rowField: first.name } : {}} onClose={onClose}
      onSubmit={async (values) => {
        const [field, rowValue, seen, proposed] = [filled(values.field), filled(values.rowValue), filled(values.seen), filled(values.proposed)]
        onFiled(await report.mutateAsync({
          params: { code: entry.code },
          body: {
            description: values.description.trim(), ...(field ? { field } : {}), ...(values.rowField && rowValue ? { row: { field: values.rowField, value: rowValue } } : {}),
            ...(seen ? { seen } : {}), ...(proposed ? { proposed } : {}),
          },
        }))
      }}
    >
      <Form.Item name="description" label={t('tickets.whatIsWrong')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input.TextArea rows={3} maxLength={2000} autoFocus /></Form.Item>
      <Form.Item name="field" label={t('tickets.whichField')}><Select allowClear showSearch={{ optionFilterProp: 'label' }} options={fields} /></Form.Item>
      <div className="dt-ticket-row">
        <Form.Item name="rowField" label={t('tickets.whichRow')}><Select allowClear showSearch={{ optionFilterProp: 'label' }} options={fields} aria-label={t('tickets.rowField')} /></Form.Item>
        <span aria-hidden>=</span>
        <Form.Item name="rowValue" label={t('tickets.rowValue')}><Input maxLength={500} /></Form.Item>
      </div>
      <div className="dt-ticket-row">
        <Form.Item name="seen" label={t('tickets.seen')}><Input maxLength={1000} /></Form.Item>
        <span aria-hidden>→</span>
        <Form.Item name="proposed" label={t('tickets.proposed')}><Input maxLength={1000} /></Form.Item>
      </div>
      <p className="dt-secondary">{t('tickets.recheckHint')}</p>
    </ActionDialog>
  )
}

function FiledDialog({ report, onClose }: { readonly report: Report; readonly onClose: () => void }) {
  const { t } = useT()
  const name = useName()
  const { user } = useSession()
  const address = `${location.origin}/reports/${report.id}`
  return (
    <Modal open title={t('tickets.filed', { number: report.number })} footer={<Button type="primary" onClick={onClose}>{t('tickets.understood')}</Button>} onCancel={onClose}>
      <p className="dt-ticket-filed">{t('tickets.filedHint', { department: name(report.department), days: report.clock?.workingDays ?? 0 })}</p>
      {user === null && <Alert type="info" title={t('tickets.keepAddress')} description={<div className="dt-ticket-address"><code>{address}</code><CopyButton text={address} /></div>} />}
      <p className="dt-ticket-filed"><Link to={`/reports/${report.id}`}>{t('tickets.follow')}</Link></p>
    </Modal>
  )
}
