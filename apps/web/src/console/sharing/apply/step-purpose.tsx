import { Button, Form, Input } from 'antd'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { PurposeSelect } from './purpose-select.tsx'
import type { StepProps } from './step-props.ts'

/** Second step: what the data are for, on what ground, and where they are used. */
export function StepPurpose({ wishes, onChange, onBack, onNext }: StepProps) {
  const { t } = useT()
  const complete = (wishes.purposeCode !== null || wishes.purpose.trim() !== '') && wishes.use.trim() !== ''
  return (
    <Panel title={t('sharing.whatFor')}>
      <Form layout="vertical" className="dt-form-grid" onFinish={onNext}>
        <Form.Item label={t('apply.purposeCatalogue')} htmlFor="apply-purpose-code" className="dt-form-wide"><PurposeSelect id="apply-purpose-code" wishes={wishes} onChange={onChange} /></Form.Item>
        <Form.Item label={t('apply.purposeText')} htmlFor="apply-purpose" extra={t('sharing.purposeHint')} required={wishes.purposeCode === null} className="dt-form-wide">
          <Input.TextArea id="apply-purpose" autoSize={{ minRows: 3 }} maxLength={1800} autoFocus value={wishes.purpose} onChange={(event) => onChange({ purpose: event.target.value })} />
        </Form.Item>
        <Form.Item label={t('sharing.form.use')} htmlFor="apply-use" extra={t('sharing.useHint')} required className="dt-form-wide">
          <Input id="apply-use" maxLength={500} value={wishes.use} onChange={(event) => onChange({ use: event.target.value })} />
        </Form.Item>
        <Form.Item label={t('sharing.form.legalBasis')} htmlFor="apply-basis" extra={t('apply.legalBasisHint')} className="dt-form-wide">
          <Input.TextArea id="apply-basis" autoSize={{ minRows: 2 }} maxLength={1000} value={wishes.legalBasis} onChange={(event) => onChange({ legalBasis: event.target.value })} />
        </Form.Item>
        <div className="dt-form-wide dt-page-actions">
          <Button onClick={onBack}>{t('sharing.back')}</Button>
          <Button type="primary" htmlType="submit" disabled={!complete}>{t('sharing.next')}</Button>
        </div>
      </Form>
    </Panel>
  )
}
