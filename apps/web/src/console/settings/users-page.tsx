import { operations, ROLES, type User } from '@datong/contracts'
import { PlusOutlined } from '@ant-design/icons'
import { Alert, App, Button, Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { useAction, useApi } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { usePages } from '../../shared/api/use-pages.ts'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../shared/ui/action-dialog.tsx'
import { Chip } from '../../shared/ui/chips.tsx'
import { CopyButton } from '../../shared/ui/copy-button.tsx'
import { DataTable } from '../../shared/ui/data-table.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { pick } from '../../shared/ui/pick.ts'
import { SearchBox } from '../../shared/ui/search-box.tsx'
import { useFilters } from '../../shared/ui/use-filters.ts'
import '../sharing/sharing.css'

/** Accounts: the system administrator makes and locks them, the security officer gives roles. */
export function UsersPage() {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const { can, user: me } = useSession()
  const { message } = App.useApp()
  const { values, set } = useFilters(['q', 'organisation'])
  const organisations = useApi(operations.listOrganisations)
  const pages = usePages(operations.listUsers, { query: { ...pick('q', values.q), ...pick('organisation', values.organisation) } })
  const create = useAction(operations.createUser)
  const act = useAction(operations.actOnUser)
  const grant = useAction(operations.setRoles)
  const [adding, setAdding] = useState(false)
  const [locking, setLocking] = useState<User | null>(null)
  const [granting, setGranting] = useState<User | null>(null)
  const [made, setMade] = useState<{ username: string; password: string } | null>(null)
  const required = [{ required: true, whitespace: true, message: t('common.required') }]
  const choices = organisations.data?.items.map((organisation) => ({ value: organisation.code, label: name(organisation) })) ?? []

  return (
    <Panel flush extra={can(operations.createUser) && <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>{t('settings.addUser')}</Button>}>
      <div className="dt-filters" role="search">
        <SearchBox value={values.q} placeholder={t('settings.searchUsers')} onSearch={(q) => set('q', q)} />
        <Select allowClear showSearch={{ optionFilterProp: 'label' }} placeholder={t('settings.organisation')} aria-label={t('settings.organisation')} value={values.organisation ?? null} options={choices} popupMatchSelectWidth={false} onChange={(value) => set('organisation', value ?? undefined)} />
      </div>
      <DataTable<User>
        label={t('settings.users')} pages={pages} rowKey={(user) => user.id} empty={{ title: t('settings.noUsers') }}
        columns={[
          { key: 'name', title: t('settings.name'), render: (user) => <><strong>{user.name}</strong> <span className="dt-secondary dt-mono">{user.username}</span></> },
          { key: 'organisation', title: t('settings.organisation'), render: (user) => (user.organisation ? name(user.organisation) : '–') },
          { key: 'roles', title: t('settings.roles'), render: (user) => (user.roles.length === 0 ? <span className="dt-secondary">{t('settings.noRoles')}</span> : <span className="dt-chips">{user.roles.map((role) => <Chip key={role} tone="primary">{t(`common.role.${role}`)}</Chip>)}</span>) },
          { key: 'state', title: t('settings.state'), render: (user) => (user.locked ? <Chip tone="cinnabar">{t('settings.locked')}</Chip> : <Chip tone="jade">{t('settings.active')}</Chip>) },
          { key: 'seen', title: t('settings.lastSeen'), render: (user) => (user.lastSeenAt ? format.dateTime(user.lastSeenAt) : t('settings.never')) },
          ...(can(operations.actOnUser) || can(operations.setRoles) ? [{
            key: 'act', title: '',
            render: (user: User) => user.id === me?.id ? null : (
              <span className="dt-chips">
                {can(operations.actOnUser) && <Button size="small" danger={!user.locked} onClick={() => setLocking(user)}>{user.locked ? t('settings.unlock') : t('settings.lock')}</Button>}
                {can(operations.setRoles) && <Button size="small" onClick={() => setGranting(user)}>{t('settings.setRoles')}</Button>}
              </span>
            ),
          }] : []),
        ]}
      />
      <ActionDialog<{ username: string; name: string; organisation?: string }>
        open={adding} title={t('settings.addUser')} intro={t('settings.addUserIntro')} submit={t('settings.addUser')} onClose={() => setAdding(false)}
        onSubmit={async ({ username, name: fullName, organisation }) => {
          const answer = await create.mutateAsync({ body: { username: username.trim(), name: fullName.trim(), organisation: organisation ?? null } })
          setMade({ username: answer.user.username, password: answer.password })
        }}
      >
        <Form.Item name="username" label={t('settings.username')} extra={t('settings.usernameHint')} rules={[...required, { pattern: /^[a-z][a-z0-9._-]{2,63}$/, message: t('settings.usernameHint') }]}><Input autoCapitalize="none" spellCheck={false} autoFocus /></Form.Item>
        <Form.Item name="name" label={t('settings.name')} rules={required}><Input maxLength={64} /></Form.Item>
        <Form.Item name="organisation" label={t('settings.organisation')}><Select allowClear showSearch={{ optionFilterProp: 'label' }} options={choices} /></Form.Item>
      </ActionDialog>
      {locking && (
        <ActionDialog<{ reason: string }>
          open danger={!locking.locked} title={t(locking.locked ? 'settings.unlockTitle' : 'settings.lockTitle', { name: locking.name })} submit={locking.locked ? t('settings.unlock') : t('settings.lock')} onClose={() => setLocking(null)}
          onSubmit={({ reason }) => act.mutateAsync({ params: { id: locking.id, action: locking.locked ? 'unlock' : 'lock' }, body: { reason: reason.trim() } })}
        >
          <Form.Item name="reason" label={t('common.reason')} rules={required}><Input.TextArea rows={2} maxLength={500} autoFocus /></Form.Item>
        </ActionDialog>
      )}
      {granting && (
        <ActionDialog<{ roles: User['roles']; reason: string }>
          open title={t('settings.rolesOf', { name: granting.name })} intro={t('settings.rolesIntro')} submit={t('common.save')} initial={{ roles: granting.roles }} onClose={() => setGranting(null)}
          onSubmit={async ({ roles, reason }) => {
            await grant.mutateAsync({ params: { id: granting.id }, body: { roles, reason: reason.trim() } })
            void message.success(t('settings.rolesSaved'))
          }}
        >
          <Form.Item name="roles" label={t('settings.roles')}><Select mode="multiple" options={ROLES.map((role) => ({ value: role, label: t(`common.role.${role}`) }))} /></Form.Item>
          <Form.Item name="reason" label={t('common.reason')} rules={required}><Input.TextArea rows={2} maxLength={500} /></Form.Item>
        </ActionDialog>
      )}
      <Modal open={made !== null} title={t('settings.passwordOnce')} maskClosable={false} onCancel={() => setMade(null)} footer={<Button type="primary" onClick={() => setMade(null)}>{t('sharing.key.kept')}</Button>}>
        <Alert type="warning" showIcon title={t('settings.passwordHint', { username: made?.username ?? '' })} style={{ marginBottom: 12 }} />
        <div className="dt-secret"><code>{made?.password}</code><CopyButton text={made?.password ?? ''} /></div>
      </Modal>
    </Panel>
  )
}
