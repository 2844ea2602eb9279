import { OPENING_TYPES, SHARING_TYPES, THEMES, UPDATE_CYCLES, type Entry } from '@datong/contracts'
import { Form, Input, Radio, Select, type FormInstance } from 'antd'
import { useT } from '../../shared/i18n/use-t.ts'

export type DescriptionValues = Pick<
  Entry,
  'title' | 'titleEn' | 'summary' | 'theme' | 'keywords' | 'sharingType' | 'sharingCondition' | 'legalBasis' | 'openingType' | 'updateCycle' | 'licence' | 'contact'
>

interface DescriptionFormProps {
  readonly form: FormInstance<DescriptionValues>
  readonly entry: Entry
  readonly onFinish: (values: DescriptionValues) => void
}

/** The words of an entry; asks for a condition or a legal basis only where the sharing type needs one. */
export function DescriptionForm({ form, entry, onFinish }: DescriptionFormProps) {
  const { t } = useT()
  const required = [{ required: true, whitespace: true, message: t('common.required') }]
  return (
    <Form<DescriptionValues>
      form={form} layout="vertical" initialValues={entry} onFinish={() => onFinish({ ...entry, ...form.getFieldsValue() })} scrollToFirstError className="dt-form-grid"
    >
      <Form.Item name="title" label={t('catalog.form.title')} rules={required}><Input maxLength={200} /></Form.Item>
      <Form.Item name="titleEn" label={t('catalog.form.titleEn')}><Input maxLength={200} lang="en" /></Form.Item>
      <Form.Item name="summary" label={t('catalog.form.summary')} extra={t('catalog.form.summaryHint')} className="dt-form-wide"><Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={4000} showCount /></Form.Item>
      <Form.Item name="theme" label={t('catalog.form.theme')}>
        <Select options={THEMES.map((value) => ({ value, label: t(`common.theme.${value}`) }))} showSearch={{ optionFilterProp: 'label' }} />
      </Form.Item>
      <Form.Item name="updateCycle" label={t('catalog.form.updateCycle')}>
        <Select options={UPDATE_CYCLES.map((value) => ({ value, label: t(`common.cycle.${value}`) }))} />
      </Form.Item>
      <Form.Item name="keywords" label={t('catalog.form.keywords')} className="dt-form-wide"><Select mode="tags" tokenSeparators={[',', '，', '、', ' ']} maxCount={30} open={false} suffixIcon={null} /></Form.Item>
      <Form.Item name="sharingType" label={t('catalog.form.sharingType')} className="dt-form-wide">
        <Radio.Group options={SHARING_TYPES.map((value) => ({ value, label: t(`common.sharing.${value}`) }))} />
      </Form.Item>
      <Form.Item noStyle dependencies={['sharingType']}>
        {({ getFieldValue }) => {
          const type: unknown = getFieldValue('sharingType')
          if (type === 'conditional') {
            return <Form.Item name="sharingCondition" label={t('catalog.form.sharingCondition')} rules={required} className="dt-form-wide"><Input.TextArea autoSize={{ minRows: 2 }} maxLength={1000} /></Form.Item>
          }
          if (type === 'not-shared') {
            return <Form.Item name="legalBasis" label={t('catalog.form.legalBasis')} extra={t('catalog.form.legalBasisHint')} rules={required} className="dt-form-wide"><Input.TextArea autoSize={{ minRows: 2 }} maxLength={1000} /></Form.Item>
          }
          return null
        }}
      </Form.Item>
      <Form.Item name="openingType" label={t('catalog.form.openingType')} className="dt-form-wide">
        <Radio.Group options={OPENING_TYPES.map((value) => ({ value, label: t(`common.opening.${value}`) }))} />
      </Form.Item>
      <Form.Item name="licence" label={t('catalog.form.licence')} rules={required}><Input maxLength={80} /></Form.Item>
      <Form.Item name="contact" label={t('catalog.form.contact')}><Input maxLength={200} /></Form.Item>
    </Form>
  )
}
