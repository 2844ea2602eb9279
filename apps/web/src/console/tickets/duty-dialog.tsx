import { operations } from '@datong/contracts'
import { App, Button, Form, Input, Select } from 'antd'
import { useAction, useApi } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../shared/ui/action-dialog.tsx'

interface Values {
  readonly organisation?: string
  readonly username?: string
}

/** Who is on duty for the quality of a department's data: new tickets come into his hand. */
export function DutyDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useT()
  const name = useName()
  const format = useFormat()
  const { message } = App.useApp()
  const { user, has } = useSession()
  const steward = has('steward')
  const duties = useApi(operations.listDuty)
  const organisations = useApi(operations.listOrganisations, {}, { enabled: steward })
  const set = useAction(operations.setDuty)
  const own = user?.organisation?.code
  const put = async ({ organisation = own, username = '' }: Values): Promise<void> => {
    if (organisation === undefined) return
    await set.mutateAsync({ params: { organisation }, body: { username: username.trim() === '' ? null : username.trim() } })
    void message.success(t('catalog.saved'))
  }
  return (
    <ActionDialog<Values>
      open title={t('tickets.duty')} intro={t('tickets.dutyIntro')} submit={t('common.save')} onClose={onClose} onSubmit={put}
      initial={steward ? {} : { username: duties.data?.items.length === 0 ? user?.username ?? '' : '' }}
    >
      <ul className="dt-ticket-duties">
        {duties.data?.items.map((one) => (
          <li key={one.department.code}><span>{name(one.department)}</span><strong>{one.officer.name}</strong><span className="dt-secondary">{t('tickets.since', { date: format.date(one.since) })}</span></li>
        ))}
        {duties.data?.items.length === 0 && <li className="dt-secondary">{t('tickets.noDuty')}</li>}
      </ul>
      {steward && (
        <Form.Item name="organisation" label={t('lists.department')} rules={[{ required: true, message: t('common.required') }]}>
          <Select showSearch={{ optionFilterProp: 'label' }} options={(organisations.data?.items ?? []).filter(({ kind }) => kind !== 'public').map((one) => ({ value: one.code, label: name(one) }))} />
        </Form.Item>
      )}
      <Form.Item name="username" label={t('tickets.dutyUser')} extra={t('tickets.dutyUserHint')}><Input maxLength={64} autoComplete="off" /></Form.Item>
      {!steward && user && <Button onClick={() => void put({ username: user.username }).then(onClose)}>{t('tickets.dutyMe')}</Button>}
    </ActionDialog>
  )
}
