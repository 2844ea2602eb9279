import { operations, type Entry, type EntryAction, type Fault } from '@datong/contracts'
import { App, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useAction } from '../../shared/api/hooks.ts'
import { AddToCart } from '../../shared/cart/add-to-cart.tsx'
import { useT } from '../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../shared/ui/action-dialog.tsx'
import { LinkButton } from '../../shared/ui/link-button.tsx'
import { FaultFields } from '../clocks/fault-fields.tsx'
import { WithdrawalFields, type WithdrawalValues } from '../clocks/withdrawal-fields.tsx'

/** The step that usually comes next stands first and is the one that is coloured. */
const FORWARD: readonly EntryAction[] = ['publish', 'approve', 'submit']
const BACKWARD: readonly EntryAction[] = ['return', 'withdraw', 'keep', 'reinstate']
const DANGEROUS: readonly EntryAction[] = ['return', 'withdraw']

interface Step extends WithdrawalValues {
  readonly reason?: string
  readonly faults?: readonly Fault[]
}

/** Buttons for exactly what the server says this person may do with the entry now. */
export function EntryActions({ entry }: { readonly entry: Entry }) {
  const { t } = useT()
  const { message } = App.useApp()
  const [asked, setAsked] = useState<EntryAction | null>(null)
  const act = useAction(operations.actOnEntry)
  const allowed = new Set(entry.allowedActions)
  const forward = FORWARD.filter((action) => allowed.has(action))
  const backward = BACKWARD.filter((action) => allowed.has(action))
  const needsReason = asked !== null && BACKWARD.includes(asked)

  return (
    <>
      {allowed.has('edit') && <LinkButton to={`/console/catalog/${entry.code}/edit`}>{t('common.edit')}</LinkButton>}
      {allowed.has('load') && <LinkButton to={`/console/collection/upload?entry=${entry.code}`}>{t('catalog.action.load')}</LinkButton>}
      {backward.map((action) => <Button key={action} danger={DANGEROUS.includes(action)} onClick={() => setAsked(action)}>{t(`catalog.action.${action}`)}</Button>)}
      {forward.toReversed().map((action) => (
        <Button key={action} type={action === forward[0] ? 'primary' : 'default'} onClick={() => setAsked(action)}>{t(`catalog.action.${action}`)}</Button>
      ))}
      {allowed.has('apply') && <AddToCart entry={entry} />}
      {allowed.has('apply') && <LinkButton type="primary" to={`/console/sharing/apply/${entry.code}`}>{t('catalog.action.apply')}</LinkButton>}
      {asked && (
        <ActionDialog<Step>
          open
          title={t(`catalog.action.${asked}`)}
          intro={t(`catalog.actionIntro.${asked}`)}
          submit={t(`catalog.action.${asked}`)}
          danger={DANGEROUS.includes(asked)}
          onClose={() => setAsked(null)}
          onSubmit={async ({ reason = '', faults, endsOn, replacedBy }) => {
            await act.mutateAsync({
              params: { code: entry.code, action: asked },
              body: {
                reason: reason.trim(), revision: entry.revision, ...(faults?.length ? { faults: faults.map(({ item, missing }) => ({ item: item.trim(), missing: missing.trim() })) } : {}),
                ...(endsOn ? { endsOn } : {}), ...(replacedBy?.trim() ? { replacedBy: replacedBy.trim().replace('/', '-') } : {}),
              },
            })
            void message.success(t(`catalog.actionDone.${asked}`))
          }}
        >
          <Form.Item name="reason" label={needsReason ? t('common.reason') : t('catalog.note')} rules={needsReason ? [{ required: true, whitespace: true, message: t('common.required') }] : []}>
            <Input.TextArea rows={3} maxLength={1000} autoFocus />
          </Form.Item>
          {asked === 'return' && <FaultFields entry={entry} />}
          {asked === 'withdraw' && entry.state === 'published' && <WithdrawalFields />}
        </ActionDialog>
      )}
    </>
  )
}
