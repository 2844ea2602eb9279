import { GATES, operations, type QualityGate } from '@datong/contracts'
import { App, Button, Form, Input, Radio, Select } from 'antd'
import { useAction } from '../../shared/api/hooks.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Panel } from '../../shared/ui/page-header.tsx'
import { ErrorState } from '../../shared/ui/states.tsx'

type Values = Pick<QualityGate, 'holds' | 'leastStars'> & { reason: string }

/** What holds a new version of an entry back from consumers. */
export function GatePanel({ code, gate, mayWrite }: { readonly code: string; readonly gate: QualityGate; readonly mayWrite: boolean }) {
  const { t } = useT()
  const { message } = App.useApp()
  const set = useAction(operations.setQualityGate)
  const [form] = Form.useForm<Values>()
  const save = ({ holds, leastStars, reason }: Values): void => set.mutate({ params: { code }, body: { holds, leastStars: leastStars ?? null, reason: reason.trim(), revision: gate.revision } }, { onSuccess: () => void message.success(t('checks.gateSet')) })
  return (
    <Panel title={t('checks.gateTitle')}>
      <p className="dt-secondary dt-lead">{t('checks.gateIntro')}</p>
      <Form<Values> form={form} layout="vertical" disabled={!mayWrite} initialValues={{ holds: gate.holds, leastStars: gate.leastStars }} onFinish={save} className="dt-checks-gate">
        <Form.Item name="holds" label={t('checks.gateHolds')}>
          <Radio.Group options={GATES.map((value) => ({ value, label: t(`checks.gateOf.${value}`) }))} />
        </Form.Item>
        <Form.Item name="leastStars" label={t('checks.gateStars')}>
          <Select options={[{ value: null, label: t('checks.gateAnyStars') }, ...[2, 3, 4, 5].map((value) => ({ value, label: '★'.repeat(value) }))]} />
        </Form.Item>
        {mayWrite && <Form.Item name="reason" label={t('common.reason')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input maxLength={500} /></Form.Item>}
        {set.error && <div className="dt-lead"><ErrorState error={set.error} /></div>}
        {mayWrite && <Button type="primary" htmlType="submit" loading={set.isPending}>{t('checks.gateSave')}</Button>}
      </Form>
    </Panel>
  )
}
