import { type Form, type FormTask, operations } from '@datong/contracts'
import { App, Button, Form as AntForm, Input } from 'antd'
import { useState } from 'react'
import { useAction } from '../../../shared/api/hooks.ts'
import { explain } from '../../../shared/api/problem.ts'
import { useFormat, useName } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../../shared/ui/action-dialog.tsx'
import { ListTable } from '../../../shared/ui/list-table.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { FormTaskChip } from './form-chips.tsx'
import { RoundFigures } from './rounds-panel.tsx'
import { StandingChip } from './standing-chip.tsx'

/** How far each department has come. Its rows are not for the bureau to see before they are loaded. */
export function DepartmentsPanel({ form }: { readonly form: Form }) {
  const { t } = useT()
  const name = useName()
  const format = useFormat()
  const { message } = App.useApp()
  const act = useAction(operations.actOnFormTask)
  const [returning, setReturning] = useState<FormTask | null>(null)
  return (
    <Panel title={form.round?.period ? `${t('forms.departments')} · ${t('forms.roundOf', { period: form.round.period })}` : t('forms.departments')} flush extra={form.round && <span className="dt-secondary"><RoundFigures round={form.round} /></span>}>
      <ListTable<FormTask>
        label={t('forms.departments')} size="small" rows={form.tasks} rowKey={({ organisation }) => organisation.code}
        columns={[
          { key: 'name', title: t('forms.department'), render: (task) => name(task.organisation) },
          { key: 'state', title: t('forms.stateColumn'), render: (task) => <FormTaskChip state={task.state} /> },
          { key: 'standing', title: t('forms.deadline'), render: (task) => <><StandingChip task={task} />{task.dueAt !== null && <span className="dt-secondary dt-nowrap"> {format.date(task.dueAt)}</span>}</> },
          { key: 'rows', title: t('forms.rows'), render: (task) => <span className="dt-number">{format.number(task.rows)}</span> },
          { key: 'handed', title: t('forms.lastHandedIn'), render: (task) => (task.submittedAt === null ? '–' : <span className="dt-nowrap">{format.dateTime(task.submittedAt)} · {task.submittedBy}</span>) },
          { key: 'act', title: t('forms.step'), render: (task) => <TaskSteps form={form} task={task} onReturn={() => setReturning(task)} /> },
        ]}
      />
      {returning && (
        <ActionDialog<{ reason: string }>
          open title={t('forms.returnTo', { name: name(returning.organisation) })} intro={t('forms.returnIntro')} submit={t('forms.return')} danger onClose={() => setReturning(null)}
          onSubmit={async ({ reason }) => {
            await act.mutateAsync({ params: { id: form.id, organisation: returning.organisation.code, action: 'return' }, body: { reason: reason.trim(), ...roundOf(form) } })
            void message.success(t('forms.returned'))
          }}
        >
          <AntForm.Item name="reason" label={t('common.reason')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input.TextArea rows={3} maxLength={500} /></AntForm.Item>
        </ActionDialog>
      )}
    </Panel>
  )
}

const roundOf = ({ round }: Form): { round?: number } => (round === null ? {} : { round: round.number })

function TaskSteps({ form, task, onReturn }: { readonly form: Form; readonly task: FormTask; readonly onReturn: () => void }) {
  const { t } = useT()
  const name = useName()
  const { message } = App.useApp()
  const act = useAction(operations.actOnFormTask)
  const accept = async (): Promise<void> => {
    try {
      await act.mutateAsync({ params: { id: form.id, organisation: task.organisation.code, action: 'accept' }, body: roundOf(form) })
      void message.success(t('forms.accepted'))
    } catch (error) {
      void message.error(explain(error, t).text)
    }
  }
  const can = task.allowedActions
  if (!can.includes('accept') && !can.includes('return')) return task.reason === null ? <>–</> : <span className="dt-secondary">{task.reason}</span>
  return (
    <span className="dt-form-steps">
      {can.includes('accept') && <Button size="small" type="primary" loading={act.isPending} aria-label={`${t('forms.accept')} ${name(task.organisation)}`} onClick={() => void accept()}>{t('forms.accept')}</Button>}
      {can.includes('return') && <Button size="small" aria-label={`${t('forms.return')} ${name(task.organisation)}`} onClick={onReturn}>{t('forms.return')}</Button>}
    </span>
  )
}
