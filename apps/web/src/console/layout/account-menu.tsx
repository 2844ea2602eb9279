import { UserOutlined } from '@ant-design/icons'
import { Button, Divider, Popover } from 'antd'
import { useNavigate } from 'react-router'
import { useSession } from '../../shared/api/session.tsx'
import { useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { LinkButton } from '../../shared/ui/link-button.tsx'
import { useNarrow } from '../../shared/ui/use-narrow.ts'

/** Who is signed in, for whom, with which roles; and the way out. */
export function AccountMenu() {
  const { t } = useT()
  const name = useName()
  const narrow = useNarrow()
  const navigate = useNavigate()
  const { user, signOut } = useSession()
  if (!user) return null
  const roles = user.roles.map((role) => t(`common.role.${role}`)).join(t('shell.and'))
  const content = (
    <div style={{ minWidth: 200 }}>
      <strong>{user.name}</strong>
      <div className="dt-secondary">{roles}</div>
      {user.organisation && <div className="dt-secondary">{name(user.organisation)}</div>}
      <Divider style={{ margin: '12px 0' }} />
      <LinkButton block style={{ marginBottom: 8 }} to="/console/following">{t('following.title')}</LinkButton>
      <Button block onClick={() => void signOut().then(() => navigate('/console/login'))}>{t('shell.signOut')}</Button>
    </div>
  )
  return (
    <Popover trigger="click" placement="bottomRight" content={content}>
      <Button type="text" className="dt-account" icon={<UserOutlined />} aria-label={`${t('shell.account')} ${user.name}`}>
        {!narrow && <span>{user.name}<span className="dt-account-roles">{roles}</span></span>}
      </Button>
    </Popover>
  )
}
