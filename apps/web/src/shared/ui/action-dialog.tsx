import { Form, Modal } from 'antd'
import { useState, type ReactNode } from 'react'
import { useT } from '../i18n/use-t.ts'
import { ErrorState } from './states.tsx'

interface ActionDialogProps<V> {
  readonly open: boolean
  readonly title: string
  /** What will happen, in a sentence. */
  readonly intro?: ReactNode
  readonly submit: string
  readonly danger?: boolean
  readonly width?: number
  readonly initial?: Partial<V>
  readonly onClose: () => void
  /** Resolves when it is done; a rejection is explained in the dialog, which stays open. */
  readonly onSubmit: (values: V) => Promise<unknown>
  readonly children?: ReactNode
}

/** A dialog with a form for one deed. */
export function ActionDialog<V extends object>(props: ActionDialogProps<V>) {
  const { open, title, intro, submit, danger = false, width = 520, initial, onClose, onSubmit, children } = props
  const { t } = useT()
  const [form] = Form.useForm<V>()
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)

  const run = async (values: V): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      await onSubmit(values)
      form.resetFields()
      onClose()
    } catch (caught) {
      setError(caught)
    } finally {
      setBusy(false)
    }
  }
  const close = (): void => {
    setError(null)
    onClose()
  }

  return (
    <Modal
      open={open} title={title} width={width} destroyOnHidden okText={submit} cancelText={t('common.cancel')} confirmLoading={busy}
      okButtonProps={{ danger, htmlType: 'submit' }} onCancel={close} onOk={() => form.submit()}
    >
      {intro && <div className="dt-secondary" style={{ marginBottom: 16 }}>{intro}</div>}
      <Form<V> form={form} layout="vertical" preserve={false} {...(initial ? { initialValues: initial } : {})} onFinish={(values) => void run(values)}>
        {children}
      </Form>
      {error !== null && <ErrorState error={error} />}
    </Modal>
  )
}
