import { Form, Input } from 'antd'
import { useT } from '../../shared/i18n/use-t.ts'

export interface WithdrawalValues {
  readonly endsOn?: string
  readonly replacedBy?: string
}

/** Last day of a published entry, and what takes its place. */
export function WithdrawalFields() {
  const { t } = useT()
  return (
    <>
      <Form.Item name="endsOn" label={t('clocks.withdrawal.endsOn')} extra={t('clocks.withdrawal.endsOnHint')}><Input type="date" style={{ width: 200 }} /></Form.Item>
      <Form.Item name="replacedBy" label={t('clocks.withdrawal.replacedBy')} extra={t('clocks.withdrawal.replacedByHint')}><Input placeholder="301001-000123" /></Form.Item>
    </>
  )
}
