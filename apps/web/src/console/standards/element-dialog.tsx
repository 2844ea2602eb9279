import { type DataElementView, ELEMENT_CATEGORY_NAMES, type ElementContent, operations } from '@datong/contracts'
import { App, Checkbox, Form, Input, InputNumber, Select } from 'antd'
import { useAction, useApi } from '../../shared/api/hooks.ts'
import { useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../shared/ui/action-dialog.tsx'

interface Values extends Omit<ElementContent, 'unit' | 'synonyms' | 'recognizers'> {
  readonly id: string
  readonly unit?: string | null
  readonly synonyms?: string[]
  readonly reason: string
}

/** Makes a draft, or proposes a new content of an element that is in force. */
export function ElementDialog({ element, content, onClose }: { readonly element?: DataElementView; readonly content?: ElementContent; readonly onClose: () => void }) {
  const { t } = useT()
  const name = useName()
  const { message } = App.useApp()
  const save = useAction(operations.saveElement)
  const lists = useApi(operations.listCodeLists)
  const required = [{ required: true, whitespace: true, message: t('common.required') }]
  const submit = async ({ id, reason, unit, synonyms = [], ...values }: Values): Promise<void> => {
    await save.mutateAsync({
      params: { id: element?.id ?? id.trim().toUpperCase() },
      body: {
        ...values, nameEn: values.nameEn ?? '', definition: values.definition ?? '', source: values.source ?? '', unit: unit?.trim() ? unit.trim() : null, minimum: values.minimum ?? null, maximum: values.maximum ?? null,
        codeList: values.codeList ?? null, confirmed: values.confirmed ?? false, recognizers: content?.recognizers ?? [], synonyms: [...new Set(synonyms.map((one) => one.trim()).filter(Boolean))], reason: reason.trim(), revision: element?.revision ?? 0,
      },
    })
    void message.success(t('standards.saved'))
  }
  return (
    <ActionDialog<Values>
      open width={720} title={element ? t('standards.changeElement', { name: name(element) }) : t('standards.addElement')} submit={t('common.save')} onClose={onClose} onSubmit={submit}
      intro={element && element.version > 0 ? t('standards.proposalHint') : t('standards.draftHint')} initial={content ? { ...content } : { category: 'common', synonyms: [], confirmed: false }}
    >
      {!element && <Form.Item name="id" label={t('standards.identifier')} extra={t('standards.identifierHint')} rules={[{ required: true, pattern: /^[A-Za-z]{1,8}[0-9A-Za-z._-]{1,24}$/, message: t('standards.identifierHint') }]}><Input maxLength={32} autoFocus /></Form.Item>}
      <div className="dt-form-grid">
        <Form.Item name="name" label={t('standards.name')} rules={required}><Input maxLength={100} /></Form.Item>
        <Form.Item name="nameEn" label={t('standards.nameEn')}><Input maxLength={200} /></Form.Item>
        <Form.Item name="category" label={t('standards.category')}><Select options={ELEMENT_CATEGORY_NAMES.map((value) => ({ value, label: t(`standards.categoryName.${value}`) }))} /></Form.Item>
        <Form.Item name="notation" label={t('standards.notation')} extra={t('standards.notationHint')} rules={required}><Input maxLength={30} /></Form.Item>
      </div>
      <Form.Item name="definition" label={t('standards.definition')}><Input.TextArea autoSize={{ minRows: 2 }} maxLength={1000} /></Form.Item>
      <div className="dt-form-grid">
        <Form.Item name="codeList" label={t('standards.domain')}>
          <Select allowClear showSearch={{ optionFilterProp: 'label' }} options={(lists.data?.items ?? []).map((list) => ({ value: list.id, label: `${name(list)} · ${list.id}` }))} />
        </Form.Item>
        <Form.Item name="unit" label={t('standards.unit')}><Input maxLength={30} /></Form.Item>
        <Form.Item name="minimum" label={t('standards.minimum')}><InputNumber style={{ width: '100%' }} /></Form.Item>
        <Form.Item name="maximum" label={t('standards.maximum')}><InputNumber style={{ width: '100%' }} /></Form.Item>
      </div>
      <Form.Item name="synonyms" label={t('standards.synonyms')} extra={t('standards.synonymsHint')}><Select mode="tags" open={false} suffixIcon={null} tokenSeparators={['，', ',', '、', ' ']} /></Form.Item>
      <Form.Item name="source" label={t('standards.source')}><Input maxLength={300} /></Form.Item>
      <Form.Item name="confirmed" valuePropName="checked"><Checkbox>{t('standards.confirmedBox')}</Checkbox></Form.Item>
      <Form.Item name="reason" label={t('common.reason')} rules={required}><Input maxLength={500} /></Form.Item>
    </ActionDialog>
  )
}
