import { Form, Input } from 'antd'
import { useT } from '../../../shared/i18n/use-t.ts'

/** The public half of a signing key, pasted. */
export function PublicKeyField() {
  const { t } = useT()
  return (
    <Form.Item name="publicKey" label={t('sharing.key.publicKey')} extra={t('sharing.key.publicKeyHint')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}>
      <Input.TextArea rows={4} maxLength={2000} className="dt-mono" placeholder={'-----BEGIN PUBLIC KEY-----\n…'} spellCheck={false} />
    </Form.Item>
  )
}
