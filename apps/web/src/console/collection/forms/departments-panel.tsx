import { type Form, type FormTask, operations } from '@datong/contracts'
import { App, Button, Form as AntForm, Input } from 'antd'
import { useState } from 'react'
import { useAction } from '../../../shared/api/hooks.ts'
import { useFormat, useName } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../../shared/ui/action-dialog.tsx'
import { ListTable } from '../../../shared/ui/list-table.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { FormTaskChip } from './form-chips.tsx'

/** How far each department has come. Its rows are not for the bureau to see before they are loaded. */
export function DepartmentsPanel({ form }: { readonly form: Form }) {
  const { t } = useT()
  const name = useName()
  const format = useFormat()
  const { message } = App.useApp()
  const act = useAction(operations.actOnFormTask)
  const [returning, setReturning] = useState<FormTask | null>(null)
  return (
    <Panel title={t('forms.departments')} flush extra={<span className="dt-secondary">{t('forms.ofDepartments', { submitted: form.submitted, departments: form.departments })}</span>}>
      <ListTable<FormTask>
        label={t('forms.departments')} size="small" rows={form.tasks} rowKey={({ organisation }) => organisation.code}
        columns={[
          { key: 'name', title: t('forms.department'), render: (task) => name(task.organisation) },
          { key: 'state', title: t('forms.stateColumn'), render: (task) => <FormTaskChip state={task.state} /> },
          { key: 'rows', title: t('forms.rows'), render: (task) => <span className="dt-number">{format.number(task.rows)}</span> },
          { key: 'handed', title: t('forms.lastHandedIn'), render: (task) => (task.submittedAt === null ? '–' : <span className="dt-nowrap">{format.dateTime(task.submittedAt)} · {task.submittedBy}</span>) },
          { key: 'act', title: t('forms.step'), render: (task) => (task.allowedActions.includes('return') ? <Button size="small" onClick={() => setReturning(task)}>{t('forms.return')}</Button> : task.reason === null ? '–' : <span className="dt-secondary">{task.reason}</span>) },
        ]}
      />
      {returning && (
        <ActionDialog<{ reason: string }>
          open title={t('forms.returnTo', { name: name(returning.organisation) })} intro={t('forms.returnIntro')} submit={t('forms.return')} danger onClose={() => setReturning(null)}
          onSubmit={async ({ reason }) => {
            await act.mutateAsync({ params: { id: form.id, organisation: returning.organisation.code, action: 'return' }, body: { reason: reason.trim() } })
            void message.success(t('forms.returned'))
          }}
        >
          <AntForm.Item name="reason" label={t('common.reason')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input.TextArea rows={3} maxLength={500} /></AntForm.Item>
        </ActionDialog>
      )}
    </Panel>
  )
}
