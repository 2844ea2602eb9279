import { RULE_EFFECTS } from '@datong/contracts'
import { Button, Form, Input, InputNumber, Radio } from 'antd'
import { useT } from '../../shared/i18n/use-t.ts'
import { Panel } from '../../shared/ui/page-header.tsx'
import { ErrorState } from '../../shared/ui/states.tsx'
import { Conditions } from './conditions.tsx'
import { isWhole, type Draft } from './draft.ts'

interface RuleFormProps {
  readonly draft: Draft
  readonly onChange: (draft: Draft) => void
  readonly onSubmit: () => void
  readonly submit: string
  readonly busy: boolean
  readonly error: unknown
  readonly disabled?: boolean
  /** Whose rule a new one may become. */
  readonly scopes?: readonly Draft['scope'][]
}

/** A rule as a form: what it does, when, and on what ground. */
export function RuleForm({ draft, onChange, onSubmit, submit, busy, error, disabled = false, scopes = [] }: RuleFormProps) {
  const { t } = useT()
  const set = (change: Partial<Draft>): void => onChange({ ...draft, ...change })
  const refuses = draft.effect === 'refuse'
  return (
    <Form layout="vertical" onFinish={onSubmit}>
      <Panel>
        <div className="dt-form-grid">
          <Form.Item label={t('rules.name')} htmlFor="rule-name" required><Input id="rule-name" maxLength={100} value={draft.name} onChange={(event) => set({ name: event.target.value })} /></Form.Item>
          <Form.Item label={t('rules.priority')} htmlFor="rule-priority" extra={t('rules.priorityHint')}><InputNumber id="rule-priority" min={1} max={999} precision={0} value={draft.priority} onChange={(value) => set({ priority: value ?? 100 })} style={{ width: '100%' }} /></Form.Item>
          {scopes.length > 1 && <Form.Item label={t('rules.scopeTitle')}><Radio.Group value={draft.scope} onChange={(event) => set({ scope: event.target.value as Draft['scope'] })} options={scopes.map((value) => ({ value, label: t(`rules.scope.${value}`) }))} /></Form.Item>}
          <Form.Item label={t('rules.effectTitle')} extra={t(`rules.effectHint.${draft.effect}`)}><Radio.Group value={draft.effect} onChange={(event) => set({ effect: event.target.value as Draft['effect'] })} options={RULE_EFFECTS.map((value) => ({ value, label: t(`rules.effect.${value}`) }))} /></Form.Item>
        </div>
        <Conditions conditions={draft.conditions} onChange={(conditions) => set({ conditions })} />
        <div className="dt-form-grid">
          <Form.Item label={t('rules.reason')} htmlFor="rule-reason" required={refuses} extra={t('rules.reasonHint')} className="dt-form-wide"><Input.TextArea id="rule-reason" autoSize={{ minRows: 2 }} maxLength={1000} value={draft.reason ?? ''} onChange={(event) => set({ reason: event.target.value })} /></Form.Item>
          <Form.Item label={t('sharing.form.legalBasis')} htmlFor="rule-basis" required={refuses} className="dt-form-wide"><Input.TextArea id="rule-basis" autoSize={{ minRows: 1 }} maxLength={1000} value={draft.legalBasis ?? ''} onChange={(event) => set({ legalBasis: event.target.value })} /></Form.Item>
          <Form.Item label={t('rules.note')} htmlFor="rule-note" className="dt-form-wide"><Input id="rule-note" maxLength={1000} value={draft.note ?? ''} onChange={(event) => set({ note: event.target.value })} /></Form.Item>
        </div>
        {error !== null && error !== undefined && <div className="dt-lead"><ErrorState error={error} /></div>}
        <Button type="primary" htmlType="submit" loading={busy} disabled={disabled || !isWhole(draft)}>{submit}</Button>
      </Panel>
    </Form>
  )
}
