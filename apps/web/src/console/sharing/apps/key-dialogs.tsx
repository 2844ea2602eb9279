import { operations, type App as Registered } from '@datong/contracts'
import { App, Form, Input, Select } from 'antd'
import { useAction } from '../../../shared/api/hooks.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../../shared/ui/action-dialog.tsx'
import { type KeyForm, KeyFields, keyBodyOf } from './key-limits-fields.tsx'
import { PublicKeyField } from './public-key-field.tsx'

export type Key = Registered['keys'][number]

/** What is being done with keys of a system. */
export type KeyDeed =
  | { readonly kind: 'make' | 'sign'; readonly app: Registered }
  | DeedWithKey
interface DeedWithKey {
  readonly kind: 'rotate' | 'revoke'
  readonly app: Registered
  readonly key: Key
}

interface Props {
  readonly deed: KeyDeed
  readonly onClose: () => void
  /** A new key, to be shown this once. */
  readonly onSecret: (secret: string) => void
}

/** The dialog of one deed. */
export function KeyDialog({ deed, ...rest }: Props) {
  switch (deed.kind) {
    case 'make': return <MakeDialog deed={deed} {...rest} />
    case 'sign': return <SigningDialog deed={deed} {...rest} />
    case 'rotate': return <RotateDialog deed={deed} {...rest} />
    case 'revoke': return <RevokeDialog deed={deed} {...rest} />
  }
}

function MakeDialog({ deed: { app }, onClose, onSecret }: Props) {
  const { t } = useT()
  const create = useAction(operations.createKey)
  return (
    <ActionDialog<KeyForm>
      open title={t('sharing.key.addTo', { app: app.name })} intro={t('sharing.key.intro')} submit={t('sharing.key.add')} onClose={onClose}
      onSubmit={async (form) => onSecret((await create.mutateAsync({ params: { id: app.id }, body: keyBodyOf(form) })).key)}
    >
      <KeyFields />
    </ActionDialog>
  )
}

function SigningDialog({ deed: { app }, onClose }: Props) {
  const { t } = useT()
  const register = useAction(operations.registerSigningKey)
  return (
    <ActionDialog<KeyForm & { publicKey: string }>
      open title={t('sharing.key.signTo', { app: app.name })} intro={t('sharing.key.signIntro')} submit={t('sharing.key.sign')} onClose={onClose}
      onSubmit={({ publicKey, ...form }) => register.mutateAsync({ params: { id: app.id }, body: { ...keyBodyOf(form), publicKey: publicKey.trim() } })}
    >
      <PublicKeyField />
      <KeyFields />
    </ActionDialog>
  )
}

/** Hours that the old key may go on. */
const OVERLAPS = [0, 1, 24, 72, 168] as const

type OfKey = Props & { readonly deed: DeedWithKey }

function RotateDialog({ deed: { app, key }, onClose, onSecret }: OfKey) {
  const { t } = useT()
  const rotate = useAction(operations.rotateKey)
  return (
    <ActionDialog<{ overlapHours: number; publicKey?: string }>
      open title={t('sharing.key.rotateTitle', { key: key.name })} intro={t('sharing.key.rotateIntro')} submit={t('sharing.key.rotate')} initial={{ overlapHours: 24 }} onClose={onClose}
      onSubmit={async ({ overlapHours, publicKey }) => {
        const made = await rotate.mutateAsync({ params: { id: app.id, keyId: key.id }, body: { overlapHours, ...(publicKey ? { publicKey: publicKey.trim() } : {}) } })
        if (made.key !== null) onSecret(made.key)
      }}
    >
      {key.algorithm !== null && <PublicKeyField />}
      <Form.Item name="overlapHours" label={t('sharing.key.overlap')}>
        <Select options={OVERLAPS.map((value) => ({ value, label: t(`sharing.key.overlap.${value}`) }))} />
      </Form.Item>
    </ActionDialog>
  )
}

function RevokeDialog({ deed: { app, key }, onClose }: OfKey) {
  const { t } = useT()
  const { message } = App.useApp()
  const revoke = useAction(operations.revokeKey)
  return (
    <ActionDialog<{ reason: string }>
      open danger title={t('sharing.key.revokeTitle', { key: key.name })} intro={t('sharing.key.revokeIntro')} submit={t('sharing.key.revoke')} onClose={onClose}
      onSubmit={async ({ reason }) => {
        await revoke.mutateAsync({ params: { id: app.id, keyId: key.id }, body: { reason: reason.trim() } })
        void message.success(t('sharing.key.revokedNow'))
      }}
    >
      <Form.Item name="reason" label={t('common.reason')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input.TextArea maxLength={500} rows={2} autoFocus /></Form.Item>
    </ActionDialog>
  )
}
