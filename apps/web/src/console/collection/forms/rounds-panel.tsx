import { type Form, type FormRound, type FormRoundAction, operations } from '@datong/contracts'
import { App, Button, Form as AntForm, Input, Select } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useAction } from '../../../shared/api/hooks.ts'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { explain } from '../../../shared/api/problem.ts'
import { ActionDialog } from '../../../shared/ui/action-dialog.tsx'
import { ListTable } from '../../../shared/ui/list-table.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { FormRoundChip, FormTaskChip } from './form-chips.tsx'

/** Each period that was asked for, how far it is, and what opens next. */
export function RoundsPanel({ form }: { readonly form: Form }) {
  const { t } = useT()
  const format = useFormat()
  const [asking, setAsking] = useState(false)
  return (
    <Panel
      flush title={t('forms.rounds')}
      extra={
        <span className="dt-form-steps">
          {form.next !== null && <span className="dt-secondary">{t('forms.nextRound', { period: form.next.period, opens: format.date(form.next.opensAt), due: format.date(form.next.dueAt) })}</span>}
          {form.allowedActions.includes('open-round') && <Button size="small" onClick={() => setAsking(true)}>{t('forms.openRound')}</Button>}
        </span>
      }
    >
      {form.rounds.length > 0 && (
        <ListTable<FormRound>
          label={t('forms.rounds')} size="small" rows={form.rounds} rowKey={({ number }) => String(number)}
          columns={[
            {
              key: 'period', title: t('forms.round'),
              render: (round) => (round.number === form.round?.number ? <strong aria-current="true">{round.period}</strong> : <Link to={`/console/collection/forms/${form.id}?round=${round.number}`}>{round.period}</Link>),
            },
            { key: 'state', title: t('forms.stateColumn'), render: (round) => <FormRoundChip state={round.state} /> },
            { key: 'opened', title: t('forms.opened'), render: (round) => <span className="dt-nowrap">{format.date(round.openedAt)}</span> },
            { key: 'due', title: t('forms.dueOn'), render: (round) => <span className="dt-nowrap">{round.dueAt === null ? '–' : format.date(round.dueAt)}</span> },
            { key: 'handed', title: t('forms.handedIn'), render: (round) => <RoundFigures round={round} /> },
            ...(form.rounds.every(({ own }) => own === null) ? [] : [{ key: 'own', title: t('forms.ownState'), render: (round: FormRound) => (round.own === null ? '–' : <FormTaskChip state={round.own.state} />) }]),
            ...(form.allowedActions.length > 0 ? [{ key: 'act', title: t('forms.step'), render: (round: FormRound) => <RoundSteps form={form} round={round} /> }] : []),
          ]}
        />
      )}
      {asking && <OpenRoundDialog form={form} onClose={() => setAsking(false)} />}
    </Panel>
  )
}

/** In words: handed in, accepted, late. */
export function RoundFigures({ round }: { readonly round: FormRound }) {
  const { t } = useT()
  const words = [
    t('forms.ofDepartments', { submitted: round.submitted, departments: round.departments }), ...(round.accepted > 0 ? [t('forms.acceptedOf', { accepted: round.accepted })] : []),
    ...(round.handedInLate > 0 ? [t('forms.handedInLateOf', { count: round.handedInLate })] : []),
  ]
  return <span className="dt-number">{words.join(' · ')}{round.late > 0 && <> · <span className="dt-warn">{t('forms.lateOf', { late: round.late })}</span></>}</span>
}

function RoundSteps({ form, round }: { readonly form: Form; readonly round: FormRound }) {
  const { t } = useT()
  const { message } = App.useApp()
  const act = useAction(operations.actOnFormRound)
  const run = async (action: FormRoundAction): Promise<void> => {
    try {
      await act.mutateAsync({ params: { id: form.id, round: round.number, action }, body: {} })
      void message.success(t(`forms.roundDone.${action}`))
    } catch (error) {
      void message.error(explain(error, t).text)
    }
  }
  return <>{round.allowedActions.map((action) => <Button key={action} size="small" loading={act.isPending} onClick={() => void run(action)}>{t(`forms.roundAction.${action}`)}</Button>)}</>
}

function OpenRoundDialog({ form, onClose }: { readonly form: Form; readonly onClose: () => void }) {
  const { t } = useT()
  const { message } = App.useApp()
  const open = useAction(operations.openFormRound)
  return (
    <ActionDialog<{ period: string; dueOn?: string }>
      open title={t('forms.openRound')} intro={t('forms.openRoundIntro')} submit={t('forms.openRound')} onClose={onClose} initial={form.openable[0] === undefined ? {} : { period: form.openable[0] }}
      onSubmit={async ({ period, dueOn = '' }) => {
        await open.mutateAsync({ params: { id: form.id }, body: { period, ...(dueOn === '' ? {} : { dueOn }) } })
        void message.success(t('forms.roundOpened', { period }))
      }}
    >
      <AntForm.Item name="period" label={t('forms.period')} rules={[{ required: true, message: t('common.required') }]}><Select options={form.openable.map((period) => ({ value: period, label: period }))} /></AntForm.Item>
      <AntForm.Item name="dueOn" label={t('forms.roundDueOn')}><Input type="date" /></AntForm.Item>
    </ActionDialog>
  )
}
