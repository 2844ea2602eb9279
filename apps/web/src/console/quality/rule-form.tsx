import { DIMENSIONS, operations, SEVERITIES, type Entry, type RuleOutcomeView } from '@datong/contracts'
import { Alert, Button, Form, Input, InputNumber, Radio, Select } from 'antd'
import { useState } from 'react'
import { useAction } from '../../shared/api/hooks.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Panel } from '../../shared/ui/page-header.tsx'
import { ErrorState } from '../../shared/ui/states.tsx'
import { OutcomeWords } from './outcome-words.tsx'
import { ParameterInput } from './parameter-input.tsx'
import { OutcomeChip } from './rule-chips.tsx'
import { bodyOf, draftOf, fieldsFor, isWhole, type Draft } from './rule-draft.ts'
import { useKinds, useRuleTitle } from './use-kinds.ts'

interface RuleFormProps {
  readonly entry: Entry
  readonly draft: Draft | null
  readonly onChange: (draft: Draft) => void
  readonly onSubmit: () => void
  readonly submit: string
  readonly busy: boolean
  readonly error: unknown
  /** A rule that there is keeps its kind. */
  readonly kindFixed?: boolean
  readonly disabled?: boolean
}

/** A rule as a form, made of what its kind asks for; it can be tried before it is kept. */
export function RuleForm({ entry, draft, onChange, onSubmit, submit, busy, error, kindFixed = false, disabled = false }: RuleFormProps) {
  const { t, language } = useT()
  const { kinds, titleOf, aboutOf } = useKinds()
  const ruleTitle = useRuleTitle()
  const [tried, setTried] = useState<{ readonly draft: Draft; readonly outcome: RuleOutcomeView } | null>(null)
  const attempt = useAction(operations.tryQualityRule)
  const kind = draft === null ? undefined : kinds.get(draft.kind)
  const set = (change: Partial<Draft>): void => { if (draft) onChange({ ...draft, ...change }) }
  const whole = draft !== null && isWhole(draft, kind)
  return (
    <Form layout="vertical" onFinish={onSubmit}>
      <Panel>
        <div className="dt-form-grid">
          <Form.Item label={t('checks.kind')} htmlFor="rule-kind" required className="dt-form-wide" extra={draft && aboutOf(draft.kind)}>
            <Select
              id="rule-kind" showSearch={{ optionFilterProp: 'label' }} disabled={kindFixed} value={draft?.kind ?? null} placeholder={t('checks.chooseKind')} listHeight={400}
              onChange={(next: string) => { const chosen = kinds.get(next); if (chosen) onChange(draftOf(chosen, entry)) }}
              options={DIMENSIONS.map((dimension) => ({ label: t(`quality.dimension.${dimension}`), title: dimension, options: [...kinds.values()].filter((one) => one.dimension === dimension).map((one) => ({ value: one.kind, label: titleOf(one.kind) })) }))}
            />
          </Form.Item>
          {draft && kind && (
            <>
              {kind.scope !== 'table' && (
                <Form.Item label={t('checks.field')} htmlFor="rule-field" required={kind.scope === 'field'} {...(fieldsFor(kind, entry).length === 0 ? { help: t('checks.noFieldFits'), validateStatus: 'warning' as const } : {})}>
                  <Select id="rule-field" showSearch={{ optionFilterProp: 'label' }} allowClear={kind.scope === 'either'} value={draft.field} onChange={(next) => set({ field: next ?? null })} options={fieldsFor(kind, entry).map(({ name }) => ({ value: name, label: name }))} />
                </Form.Item>
              )}
              {kind.parameters.map((spec) => (
                <Form.Item key={spec.name} label={language === 'en' ? spec.titleEn : spec.titleZh} htmlFor={`rule-${spec.name}`} required={spec.required} extra={spec.kind === 'texts' ? t('checks.oneALine') : spec.kind === 'pattern' ? t('checks.patternHint') : undefined}>
                  <ParameterInput key={draft.kind} id={`rule-${spec.name}`} spec={spec} value={draft.parameters[spec.name]} entry={entry} parameters={draft.parameters} onChange={(value) => set({ parameters: { ...draft.parameters, [spec.name]: value } })} />
                </Form.Item>
              ))}
              <Form.Item label={t('checks.severityTitle')} extra={t(`checks.severityHint.${draft.severity}`)} className="dt-form-wide"><Radio.Group value={draft.severity} onChange={(event) => set({ severity: event.target.value as Draft['severity'] })} options={SEVERITIES.map((value) => ({ value, label: t(`checks.severity.${value}`) }))} /></Form.Item>
              <Form.Item label={t('checks.tolerance')} htmlFor="rule-tolerance" extra={t('checks.toleranceHint')}><InputNumber id="rule-tolerance" min={0} max={100} step={0.1} suffix="%" value={Math.round(draft.toleranceShare * 1e6) / 1e4} onChange={(value) => set({ toleranceShare: (value ?? 0) / 100 })} style={{ width: '100%' }} /></Form.Item>
              <Form.Item label={t('checks.title')} htmlFor="rule-title" extra={t('checks.titleHint')}><Input id="rule-title" maxLength={200} value={draft.title} placeholder={ruleTitle({ title: '', naming: draft })} onChange={(event) => set({ title: event.target.value })} /></Form.Item>
              <Form.Item label={t('checks.note')} htmlFor="rule-note" className="dt-form-wide"><Input id="rule-note" maxLength={1000} value={draft.note} onChange={(event) => set({ note: event.target.value })} /></Form.Item>
            </>
          )}
        </div>
        {attempt.error && <div className="dt-lead"><ErrorState error={attempt.error} /></div>}
        {tried && tried.draft === draft && <Alert className="dt-lead" type={tried.outcome.verdict === 'failed' ? 'warning' : 'info'} title={<><OutcomeChip verdict={tried.outcome.verdict} /> <OutcomeWords outcome={tried.outcome} /></>} role="status" />}
        {error !== null && error !== undefined && <div className="dt-lead"><ErrorState error={error} /></div>}
        <span className="dt-checks-actions">
          <Button type="primary" htmlType="submit" loading={busy} disabled={disabled || !whole}>{submit}</Button>
          <Button disabled={!whole} loading={attempt.isPending} onClick={() => { if (draft) attempt.mutate({ params: { code: entry.code }, body: bodyOf(draft) }, { onSuccess: (outcome) => setTried({ draft, outcome }) }) }}>{t('checks.try')}</Button>
        </span>
      </Panel>
    </Form>
  )
}
