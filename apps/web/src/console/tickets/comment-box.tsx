import { operations, type Ticket } from '@datong/contracts'
import { Button, Form, Input } from 'antd'
import { useAction } from '../../shared/api/hooks.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ErrorState } from '../../shared/ui/states.tsx'

/** Says something to the other side. */
export function CommentBox({ ticket }: { readonly ticket: Ticket }) {
  const { t } = useT()
  const [form] = Form.useForm<{ text: string }>()
  const comment = useAction(operations.commentOnTicket, () => form.resetFields())
  const text = Form.useWatch('text', form)
  return (
    <Form form={form} layout="vertical" className="dt-ticket-comment" onFinish={(values) => comment.mutate({ params: { id: ticket.id }, body: { text: values.text.trim() } })}>
      <Form.Item name="text" label={t('tickets.comment')}><Input.TextArea autoSize={{ minRows: 1, maxRows: 6 }} maxLength={1000} /></Form.Item>
      {comment.error && <ErrorState error={comment.error} />}
      <Button htmlType="submit" disabled={!text?.trim()} loading={comment.isPending}>{t('tickets.sendComment')}</Button>
    </Form>
  )
}
