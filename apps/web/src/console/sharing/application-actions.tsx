import { operations, type Application, type ApplicationAction, type BodyOf } from '@datong/contracts'
import { App, Button, Form, Input, Rate } from 'antd'
import { useState } from 'react'
import { useAction } from '../../shared/api/hooks.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../shared/ui/action-dialog.tsx'
import { ApproveDialog } from './approve-dialog.tsx'

type ActionBody = BodyOf<typeof operations.actOnApplication>
type Words = Pick<ActionBody, 'reason' | 'legalBasis' | 'purpose' | 'use' | 'score'>

/** Order of the buttons; the last that is allowed and not a refusal is the primary one. */
const ORDER: readonly ApplicationAction[] = ['withdraw', 'revoke', 'refuse', 'suspend', 'notify-missing', 'evaluate', 'resume', 'supplement', 'approve']
const DANGER: ReadonlySet<ApplicationAction> = new Set(['withdraw', 'revoke', 'refuse', 'suspend'])
const REASON: ReadonlySet<ApplicationAction> = new Set(['notify-missing', 'supplement', 'refuse', 'suspend', 'resume', 'revoke'])

/** Buttons for exactly what the server says this person may do with the application now. */
export function ApplicationActions({ application }: { readonly application: Application }) {
  const { t } = useT()
  const { message } = App.useApp()
  const [asked, setAsked] = useState<ApplicationAction | null>(null)
  const act = useAction(operations.actOnApplication)
  const actions = ORDER.filter((action) => application.allowedActions.includes(action))
  const primary = actions.findLast((action) => !DANGER.has(action))

  const run = async (action: ApplicationAction, body: ActionBody): Promise<void> => {
    await act.mutateAsync({ params: { id: application.id, action }, body: { ...body, revision: application.revision } })
    void message.success(t(`sharing.actionDone.${action}`))
  }
  const close = (): void => setAsked(null)

  return (
    <>
      {actions.map((action) => (
        <Button key={action} danger={DANGER.has(action)} type={action === primary ? 'primary' : 'default'} onClick={() => setAsked(action)}>
          {t(`sharing.action.${action}`)}
        </Button>
      ))}
      {asked === 'approve' && <ApproveDialog application={application} onClose={close} onApprove={(body) => run('approve', body)} />}
      {asked && asked !== 'approve' && (
        <ActionDialog<Words>
          open title={t(`sharing.action.${asked}`)} intro={t(`sharing.actionIntro.${asked}`)} submit={t(`sharing.action.${asked}`)} danger={DANGER.has(asked)}
          initial={asked === 'supplement' ? { purpose: application.purpose, use: application.use } : {}}
          onClose={close}
          onSubmit={(values) => run(asked, cleaned(values))}
        >
          {asked === 'evaluate' && <Form.Item name="score" label={t('sharing.form.score')} rules={[{ required: true, message: t('common.required') }]}><Rate /></Form.Item>}
          {asked === 'supplement' && (
            <>
              <Form.Item name="purpose" label={t('sharing.form.purpose')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input.TextArea autoSize={{ minRows: 2 }} maxLength={2000} /></Form.Item>
              <Form.Item name="use" label={t('sharing.form.use')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input maxLength={500} /></Form.Item>
            </>
          )}
          <Form.Item name="reason" label={t(`sharing.reasonLabel.${asked}`)} rules={REASON.has(asked) ? [{ required: true, whitespace: true, message: t('common.required') }] : []}>
            <Input.TextArea autoSize={{ minRows: 3 }} maxLength={2000} />
          </Form.Item>
          {asked === 'refuse' && (
            <Form.Item name="legalBasis" label={t('sharing.form.legalBasis')} extra={t('sharing.refuseBasisHint')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}>
              <Input.TextArea autoSize={{ minRows: 2 }} maxLength={1000} />
            </Form.Item>
          )}
        </ActionDialog>
      )}
    </>
  )
}

/** Only what was filled in: an empty text is not a reason. */
function cleaned(values: Words): Words {
  const kept = Object.entries(values).map(([key, value]) => [key, typeof value === 'string' ? value.trim() : value] as const)
  return Object.fromEntries(kept.filter(([, value]) => value !== undefined && value !== ''))
}
