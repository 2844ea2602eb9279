import { operations, PURPOSE_STATES, type Purpose } from '@datong/contracts'
import { App, Form, Input, Radio, Select } from 'antd'
import { useAction } from '../../shared/api/hooks.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../shared/ui/action-dialog.tsx'

interface Values {
  readonly code: string
  readonly name: string
  readonly nameEn?: string
  readonly legalBasis: string
  readonly description?: string
  readonly words?: readonly string[]
  readonly state: Purpose['state']
  readonly reason: string
}

/** Adds a purpose to the catalogue, or changes one. */
export function PurposeDialog({ purpose, onClose }: { readonly purpose?: Purpose; readonly onClose: () => void }) {
  const { t } = useT()
  const { message } = App.useApp()
  const save = useAction(operations.savePurpose)
  const required = [{ required: true, whitespace: true, message: t('common.required') }]
  const submit = async ({ code, name, nameEn = '', legalBasis, description = '', words = [], state, reason }: Values): Promise<void> => {
    await save.mutateAsync({
      params: { code: purpose?.code ?? code.trim() },
      body: { name: name.trim(), nameEn: nameEn.trim(), legalBasis: legalBasis.trim(), description: description.trim(), words: [...new Set(words.map((word) => word.trim()).filter(Boolean))], state, reason: reason.trim(), revision: purpose?.revision ?? 0 },
    })
    void message.success(t('catalog.saved'))
  }
  return (
    <ActionDialog<Values>
      open width={640} title={purpose ? t('purposes.change', { name: purpose.name }) : t('purposes.add')} submit={t('common.save')} onClose={onClose} onSubmit={submit}
      initial={purpose ? { ...purpose } : { state: 'active', words: [] }}
    >
      {!purpose && <Form.Item name="code" label={t('purposes.code')} extra={t('purposes.codeHint')} rules={[{ required: true, pattern: /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, message: t('purposes.codeHint') }]}><Input maxLength={60} autoFocus /></Form.Item>}
      <div className="dt-form-grid">
        <Form.Item name="name" label={t('purposes.name')} rules={required}><Input maxLength={100} /></Form.Item>
        <Form.Item name="nameEn" label={t('purposes.nameEn')}><Input maxLength={200} /></Form.Item>
      </div>
      <Form.Item name="legalBasis" label={t('sharing.form.legalBasis')} rules={required}><Input.TextArea autoSize={{ minRows: 2 }} maxLength={1000} /></Form.Item>
      <Form.Item name="description" label={t('purposes.description')}><Input.TextArea autoSize={{ minRows: 2 }} maxLength={2000} /></Form.Item>
      <Form.Item name="words" label={t('purposes.words')} extra={t('purposes.wordsHint')}><Select mode="tags" open={false} suffixIcon={null} tokenSeparators={['，', ',', '、', ' ']} /></Form.Item>
      <Form.Item name="state" label={t('sharing.column.state')}><Radio.Group options={PURPOSE_STATES.map((value) => ({ value, label: t(`purposes.state.${value}`) }))} /></Form.Item>
      <Form.Item name="reason" label={t('common.reason')} rules={required}><Input maxLength={500} /></Form.Item>
    </ActionDialog>
  )
}
