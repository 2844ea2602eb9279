import { DownloadOutlined } from '@ant-design/icons'
import { type Form, type FormAction, operations } from '@datong/contracts'
import { Alert, App, Button } from 'antd'
import { useState } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import { useAction, useApi } from '../../../shared/api/hooks.ts'
import { explain } from '../../../shared/api/problem.ts'
import { useDownload } from '../../../shared/api/use-download.ts'
import { useFormat, useName } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { LinkButton } from '../../../shared/ui/link-button.tsx'
import { PageHeader, Panel } from '../../../shared/ui/page-header.tsx'
import { LoadStateChip } from '../../../shared/ui/state-chip.tsx'
import { Loaded } from '../../../shared/ui/states.tsx'
import { DepartmentsPanel } from './departments-panel.tsx'
import { FieldsPanel } from './fields-panel.tsx'
import { FillPanel } from './fill-panel.tsx'
import { FormStateChip, FormTaskChip } from './form-chips.tsx'
import { RoundsPanel } from './rounds-panel.tsx'
import { StandingChip } from './standing-chip.tsx'
import './forms.css'

const SHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** One form: for departments to fill in, for the bureau to follow. */
export function FormPage() {
  const { id = '' } = useParams()
  const [search] = useSearchParams()
  const asked = Number(search.get('round') ?? '')
  const round = Number.isInteger(asked) && asked > 0 ? { query: { round: asked } } : {}
  // What was handed in is being loaded, or is about to be.
  const form = useApi(operations.getForm, { params: { id }, ...round }, {
    refetchMs: (last) => (last !== undefined && (last.lastLoad === null ? last.submitted > 0 && last.problem === null : !['done', 'failed'].includes(last.lastLoad.state)) ? 2_000 : false),
  })
  return <Loaded of={form}>{(data) => <FormView key={`${data.id}/${data.round?.number}`} form={data} />}</Loaded>
}

function FormView({ form }: { readonly form: Form }) {
  const { t } = useT()
  const name = useName()
  const format = useFormat()
  const download = useDownload()
  // Who designs forms follows all departments; so does who watches over the platform.
  const watches = form.asked.length > 0
  const own = form.own
  const dueAt = own === null ? form.round?.dueAt ?? form.dueOn : own.dueAt
  return (
    <>
      <PageHeader
        title={form.title} back={{ to: '/console/collection/forms', text: t('forms.title') }}
        chips={own !== null && form.state === 'open' ? <><FormTaskChip state={own.state} /><StandingChip task={own} /></> : <FormStateChip state={form.state} />}
        facts={
          <>
            <span>{t('forms.resourceOf', { name: name(form.organisation) })}</span>
            {form.schedule.rhythm !== 'once' && <span>{t(`forms.rhythm.${form.schedule.rhythm}`)}{form.round?.period && <> · {t('forms.roundOf', { period: form.round.period })}</>}</span>}
            {dueAt !== null && <span>{t('forms.dueOnDay', { day: format.date(dueAt) })}</span>}
            {own?.submittedAt && <span>{t('forms.handedInBy', { name: own.submittedBy ?? '', at: format.dateTime(own.submittedAt), rows: format.number(own.submittedRows ?? 0) })}</span>}
            {form.entryCode !== null && <Link to={`/console/catalog/${form.entryCode}`}>{t('forms.resource')}</Link>}
            {form.lastLoad && <Link to={`/console/collection/loads/${form.lastLoad.id}`}>{t('forms.lastLoad')} <LoadStateChip state={form.lastLoad.state} /></Link>}
          </>
        }
        actions={
          <>
            <Button icon={<DownloadOutlined />} loading={download.busy} onClick={() => download.start(`/api/v1/collection/forms/${form.id}/template.xlsx`, SHEET, `${form.title}.xlsx`)}>{t('forms.template')}</Button>
            <FormActions form={form} />
          </>
        }
      />
      {form.problem !== null && <Alert type="warning" showIcon title={t('forms.notLoaded')} description={t.maybe('errors.', form.problem, form.problem)} />}
      {own?.state === 'returned' && own.reason !== null && <Alert type="error" showIcon title={t('forms.returnedBecause')} description={own.reason} />}
      {form.about !== '' && <Panel title={t('forms.about')}><p className="dt-prewrap">{form.about}</p></Panel>}
      {own !== null && <FillPanel form={form} task={own} />}
      {watches && (form.round === null ? <Panel title={t('forms.departments')}>{form.asked.map(name).join(t('forms.comma'))}</Panel> : <DepartmentsPanel form={form} />)}
      {form.schedule.rhythm !== 'once' && (form.rounds.length > 0 || form.next !== null) && <RoundsPanel form={form} />}
      <FieldsPanel form={form} />
    </>
  )
}

function FormActions({ form }: { readonly form: Form }) {
  const { t } = useT()
  const { message, modal } = App.useApp()
  const act = useAction(operations.actOnForm)
  const [busy, setBusy] = useState<FormAction | null>(null)
  const run = async (action: FormAction): Promise<void> => {
    setBusy(action)
    try {
      await act.mutateAsync({ params: { id: form.id, action }, body: {} })
      void message.success(t(`forms.done.${action}`))
    } catch (error) {
      void message.error(explain(error, t).text)
    } finally {
      setBusy(null)
    }
  }
  const ask = (action: FormAction): void => void modal.confirm({ title: t(`forms.ask.${action}`), okText: t(`forms.action.${action}`), cancelText: t('common.cancel'), onOk: () => run(action) })
  return (
    <>
      {form.allowedActions.includes('edit') && <LinkButton to={`/console/collection/forms/${form.id}/edit`}>{t('forms.edit')}</LinkButton>}
      {(['open', 'close', 'remove'] as const).filter((action) => form.allowedActions.includes(action)).map((action) => (
        <Button key={action} type={action === 'open' ? 'primary' : 'default'} danger={action === 'remove'} loading={busy === action} onClick={() => ask(action)}>{t(`forms.action.${action}`)}</Button>
      ))}
    </>
  )
}
