import { RESOURCE_FORMATS, THEMES, type Entry } from '@datong/contracts'
import { Form, Input, Select } from 'antd'
import { useT } from '../../../shared/i18n/use-t.ts'
import { ClassPicker } from '../classification/class-picker.tsx'

/** What the data are, and where they stand in the catalogue. */
export function BasicGroup({ entry }: { readonly entry: Entry }) {
  const { t } = useT()
  const required = [{ required: true, whitespace: true, message: t('common.required') }]
  const mayReclassify = entry.publishedAt === null && (entry.state === 'draft' || entry.state === 'returned')
  return (
    <>
      <Form.Item name="title" label={t('catalog.form.title')} rules={required}><Input maxLength={200} /></Form.Item>
      <Form.Item name="titleEn" label={t('catalog.form.titleEn')}><Input maxLength={200} lang="en" /></Form.Item>
      <Form.Item name="summary" label={t('catalog.form.summary')} extra={t('catalog.form.summaryHint')} className="dt-form-wide"><Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={4000} showCount /></Form.Item>
      <Form.Item name="classification" label={t('entry.classification')} extra={t(mayReclassify ? 'entry.classificationHint' : 'entry.codeFixed')}>
        <ClassPicker organisation={entry.organisation.code} disabled={!mayReclassify} />
      </Form.Item>
      <Form.Item name="theme" label={t('catalog.form.theme')}>
        <Select options={THEMES.map((value) => ({ value, label: t(`common.theme.${value}`) }))} showSearch={{ optionFilterProp: 'label' }} />
      </Form.Item>
      <Form.Item name="resourceFormat" label={t('entry.resourceFormat')}>
        <Select options={RESOURCE_FORMATS.map((value) => ({ value, label: t(`entry.format.${value}`) }))} />
      </Form.Item>
      <Form.Item name="keywords" label={t('catalog.form.keywords')}><Select mode="tags" tokenSeparators={[',', '，', '、', ' ']} maxCount={30} open={false} suffixIcon={null} /></Form.Item>
    </>
  )
}
