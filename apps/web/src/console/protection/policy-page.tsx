import { operations, type ResponseOf } from '@datong/contracts'
import { GRADES, type Grade } from '@datong/kernel'
import { App, Button, Form, Input, Select, Table } from 'antd'
import { useState } from 'react'
import { useAction, useApi } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { useT } from '../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../shared/ui/action-dialog.tsx'
import { GradeChip } from '../../shared/ui/chips.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { Loaded } from '../../shared/ui/states.tsx'

type Policy = ResponseOf<typeof operations.getMaskingPolicy>
type Rule = Policy['rules'][number]
type Change = Partial<Pick<Rule, 'grade' | 'method'>>

/** What the platform does by default with each kind of personal data; the security officer changes it. */
export function PolicyPage() {
  const { t } = useT()
  const policy = useApi(operations.getMaskingPolicy)
  return (
    <>
      <p className="dt-secondary dt-protection-intro">{t('protection.intro')}</p>
      <Loaded of={policy} rows={8}>{(data) => <PolicyTable key={data.revision} policy={data} />}</Loaded>
    </>
  )
}

function PolicyTable({ policy }: { readonly policy: Policy }) {
  const { t } = useT()
  const { can } = useSession()
  const { message } = App.useApp()
  const methods = useApi(operations.listMaskingMethods)
  const save = useAction(operations.setMaskingPolicy)
  const [changes, setChanges] = useState<Readonly<Record<string, Change>>>({})
  const [asking, setAsking] = useState(false)
  const mayEdit = can(operations.setMaskingPolicy)
  const named = new Map(methods.data?.items.map((method) => [method.id, method]))
  const effective = (rule: Rule): Rule => ({ ...rule, ...changes[rule.recognizer] })
  const changed = policy.rules.filter((rule) => effective(rule).grade !== rule.grade || effective(rule).method !== rule.method)
  const change = (rule: Rule, part: Change): void => setChanges({ ...changes, [rule.recognizer]: { ...changes[rule.recognizer], ...part } })
  const methodName = (id: string): string => {
    const method = named.get(id)
    return method ? (t.language === 'en' ? method.titleEn : method.title) : id
  }

  return (
    <Panel
      flush title={t('protection.rules')}
      extra={mayEdit && <Button type="primary" disabled={changed.length === 0} onClick={() => setAsking(true)}>{t('protection.saveChanges', { count: changed.length })}</Button>}
    >
      <Table<Rule>
        size="middle" rowKey="recognizer" dataSource={policy.rules} pagination={false} {...(mayEdit ? { scroll: { x: 'max-content' } } : {})}
        columns={[
          { key: 'recognizer', title: t('protection.recognizer'), render: (_, rule) => <strong>{t.language === 'en' ? rule.titleEn : rule.title}</strong> },
          {
            key: 'grade', title: t('common.field.grade'),
            render: (_, rule) => mayEdit
              ? <Select<Grade> style={{ width: 116 }} aria-label={`${rule.title} ${t('common.field.grade')}`} value={effective(rule).grade} onChange={(grade) => change(rule, { grade })} options={GRADES.map((grade) => ({ value: grade, label: <GradeChip grade={grade} /> }))} />
              : <GradeChip grade={rule.grade} />,
          },
          {
            key: 'method', title: t('common.field.masking'),
            render: (_, rule) => mayEdit
              ? (
                <Select
                  style={{ width: 200 }} aria-label={`${rule.title} ${t('common.field.masking')}`} value={effective(rule).method ?? ''} onChange={(method) => change(rule, { method: method === '' ? null : method })}
                  showSearch={{ optionFilterProp: 'label' }}
                  options={[{ value: '', label: t('common.field.asIs') }, ...(methods.data?.items.map((method) => ({ value: method.id, label: methodName(method.id) })) ?? [])]}
                />
              )
              : rule.method ? methodName(rule.method) : <span className="dt-secondary">{t('common.field.asIs')}</span>,
          },
          {
            key: 'example', title: t('protection.example'),
            render: (_, rule) => {
              const method = named.get(effective(rule).method ?? '')
              return method ? <span className="dt-mono">{method.exampleBefore} → {method.exampleAfter}</span> : null
            },
          },
        ]}
      />
      {asking && (
        <ActionDialog<{ reason: string }>
          open title={t('protection.saveTitle')} intro={t('protection.saveIntro')} submit={t('common.save')} onClose={() => setAsking(false)}
          onSubmit={async ({ reason }) => {
            const rules = policy.rules.map((rule) => { const { recognizer, grade, method } = effective(rule); return { recognizer, grade, method } })
            await save.mutateAsync({ body: { revision: policy.revision, reason: reason.trim(), rules } })
            void message.success(t('protection.saved'))
          }}
        >
          <Form.Item name="reason" label={t('common.reason')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input.TextArea rows={3} maxLength={500} autoFocus /></Form.Item>
        </ActionDialog>
      )}
    </Panel>
  )
}
