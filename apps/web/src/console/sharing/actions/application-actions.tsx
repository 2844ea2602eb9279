import { operations, type Application, type ApplicationAction } from '@datong/contracts'
import { App, Button } from 'antd'
import { useState } from 'react'
import { useAction } from '../../../shared/api/hooks.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../../shared/ui/action-dialog.tsx'
import { ActionFields } from './action-fields.tsx'
import { bodyOfAction, DANGER, offered, type ActionBody, type ActionValues } from './action-forms.ts'
import { ApproveDialog } from './approve-dialog.tsx'

/** A step that somebody is about to take; `approve-part` is consent to some of the fields. */
export type Asked = ApplicationAction | 'approve-part'

interface ApplicationActionsProps {
  readonly application: Application
  /** Only these, where a page shows the others elsewhere. */
  readonly only?: readonly ApplicationAction[]
  /** Which dialog is open, where the page opens them too (keys). */
  readonly asked?: Asked | null
  readonly onAsk?: (asked: Asked | null) => void
}

/** Buttons for exactly what the server says this person may do with the application now. */
export function ApplicationActions({ application, only, asked: given, onAsk }: ApplicationActionsProps) {
  const { t } = useT()
  const { message } = App.useApp()
  const [own, setOwn] = useState<Asked | null>(null)
  const [asked, setAsked] = onAsk ? [given ?? null, onAsk] : [own, setOwn]
  const act = useAction(operations.actOnApplication)
  const { actions, primary } = offered(application.allowedActions.filter((action) => !only || only.includes(action)))

  const run = async (action: ApplicationAction, body: ActionBody): Promise<void> => {
    await act.mutateAsync({ params: { id: application.id, action }, body: { ...body, revision: application.revision } })
    void message.success(t(`sharing.actionDone.${action}`))
  }
  const close = (): void => setAsked(null)

  return (
    <>
      {actions.includes('approve') && application.fields.length > 1 && <Button onClick={() => setAsked('approve-part')}>{t('sharing.approveInPart')}</Button>}
      {actions.map((action) => (
        <Button key={action} danger={DANGER.has(action)} type={action === primary ? 'primary' : 'default'} onClick={() => setAsked(action)}>
          {t(`sharing.action.${action}`)}
        </Button>
      ))}
      {(asked === 'approve' || asked === 'approve-part') && (
        <ApproveDialog application={application} part={asked === 'approve-part'} onClose={close} onApprove={(body) => run('approve', body)} />
      )}
      {asked && asked !== 'approve' && asked !== 'approve-part' && (
        <ActionDialog<ActionValues>
          open title={t(`sharing.action.${asked}`)} intro={t(`sharing.actionIntro.${asked}`)} submit={t(`sharing.action.${asked}`)} danger={DANGER.has(asked)}
          initial={asked === 'supplement' ? { purpose: application.purpose, use: application.use } : asked === 'notify-missing' ? { missing: [''] } : {}}
          onClose={close}
          onSubmit={(values) => run(asked, bodyOfAction(asked, values))}
        >
          <ActionFields action={asked} material={application.material} />
        </ActionDialog>
      )}
    </>
  )
}
