import type { Entry } from '@datong/contracts'
import { Form, Input, type FormInstance } from 'antd'
import { useT } from '../../shared/i18n/use-t.ts'
import { Panel } from '../../shared/ui/page-header.tsx'
import { BasicGroup } from './edit/basic-group.tsx'
import { CoverageGroup } from './edit/coverage-group.tsx'
import { LinksGroup, RelationsGroup } from './edit/relations-group.tsx'
import { SharingGroup } from './edit/sharing-group.tsx'
import { valuesOf, type DescriptionValues } from './edit/values.ts'
import './edit/edit.css'

interface DescriptionFormProps {
  readonly form: FormInstance<DescriptionValues>
  readonly entry: Entry
  readonly onFinish: (values: DescriptionValues) => void
}

/** The core metadata of an entry in groups; asks for a condition or a legal basis only where the sharing type needs one. */
export function DescriptionForm({ form, entry, onFinish }: DescriptionFormProps) {
  const { t } = useT()
  const before = valuesOf(entry)
  return (
    <Form<DescriptionValues> form={form} layout="vertical" initialValues={before} onFinish={() => onFinish({ ...before, ...form.getFieldsValue() })} scrollToFirstError>
      <Panel title={t('entry.group.basic')}><div className="dt-form-grid"><BasicGroup entry={entry} /></div></Panel>
      <Panel title={t('entry.group.sharing')}><div className="dt-form-grid"><SharingGroup entry={entry} /></div></Panel>
      <Panel title={t('entry.group.coverage')}><div className="dt-form-grid"><CoverageGroup form={form} /></div></Panel>
      <Panel title={t('entry.group.contact')}>
        <div className="dt-form-grid">
          <Form.Item name="contact" label={t('entry.contact')}><Input maxLength={200} autoComplete="off" /></Form.Item>
          <Form.Item name="contactPhone" label={t('entry.contactPhone')}><Input maxLength={80} inputMode="tel" autoComplete="off" /></Form.Item>
          <Form.Item name="contactEmail" label={t('entry.contactEmail')} rules={[{ type: 'email', message: t('entry.emailForm') }]}><Input maxLength={200} inputMode="email" autoComplete="off" /></Form.Item>
        </div>
      </Panel>
      <Panel title={t('entry.group.relations')}><RelationsGroup own={entry.code} /></Panel>
      <Panel title={t('entry.group.links')}><LinksGroup /></Panel>
    </Form>
  )
}
