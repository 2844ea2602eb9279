import { operations } from '@datong/contracts'
import { Link } from 'react-router'
import { useApi } from '../../shared/api/hooks.ts'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Chip } from '../../shared/ui/chips.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { Loaded } from '../../shared/ui/states.tsx'

/** Accounts that ask for somebody's hand (locked, or still without a role), else those seen last. */
export function Accounts() {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const users = useApi(operations.listUsers, { query: { limit: 200 } })
  return (
    <Panel title={t('overview.accounts')} extra={<Link to="/console/settings">{t('overview.allOf', { count: users.data?.total ?? users.data?.items.length ?? 0 })}</Link>}>
      <Loaded of={users} rows={3}>
        {({ items }) => {
          const waiting = items.filter((user) => user.locked || user.roles.length === 0)
          const seen = items.filter((user) => user.lastSeenAt !== null).toSorted((a, b) => (b.lastSeenAt ?? '').localeCompare(a.lastSeenAt ?? ''))
          return (
            <>
              <p className="dt-secondary" style={{ marginBottom: 12 }}>{waiting.length > 0 ? t('overview.accountsWaiting', { count: waiting.length }) : t('overview.accountsSeen')}</p>
              <ul className="dt-todo">
                {(waiting.length > 0 ? waiting : seen).slice(0, 6).map((user) => (
                  <li key={user.id}>
                    <div>
                      <strong>{user.name}</strong> <span className="dt-secondary dt-mono">{user.username}</span>
                      <div className="dt-secondary">{[user.organisation && name(user.organisation), user.lastSeenAt && format.ago(user.lastSeenAt, new Date())].filter(Boolean).join(' · ')}</div>
                    </div>
                    <span className="dt-chips">
                      {user.locked && <Chip tone="cinnabar">{t('settings.locked')}</Chip>}
                      {user.roles.length === 0 ? <Chip tone="plain">{t('settings.noRoles')}</Chip> : user.roles.map((role) => <Chip key={role} tone="primary">{t(`common.role.${role}`)}</Chip>)}
                    </span>
                  </li>
                ))}
              </ul>
            </>
          )
        }}
      </Loaded>
    </Panel>
  )
}
