import { StarFilled, StarOutlined } from '@ant-design/icons'
import { type Entry, operations } from '@datong/contracts'
import { App, Button } from 'antd'
import { useAction, useApi } from '../api/hooks.ts'
import { useSession } from '../api/session.tsx'
import { useT } from '../i18n/use-t.ts'
import { LinkButton } from '../ui/link-button.tsx'

/** Follows an entry, or no more; who is not signed in is asked to. */
export function FollowButton({ entry, size = 'middle' }: { readonly entry: Pick<Entry, 'code' | 'title'>; readonly size?: 'middle' | 'large' }) {
  const { t } = useT()
  const { user } = useSession()
  const { message } = App.useApp()
  const following = useApi(operations.listFollowing, {}, { enabled: user !== null })
  const follow = useAction(operations.followEntry)
  const unfollow = useAction(operations.unfollowEntry)
  if (!user) return <LinkButton size={size} icon={<StarOutlined />} to={`/console/login?next=${encodeURIComponent(location.pathname)}`}>{t('following.signIn')}</LinkButton>
  const followed = following.data?.entries.some(({ code }) => code === entry.code) ?? false
  const turn = async (): Promise<void> => {
    await (followed ? unfollow.mutateAsync({ params: { code: entry.code } }) : follow.mutateAsync({ params: { code: entry.code }, body: {} }))
    void message.success(t(followed ? 'following.unfollowed' : 'following.followed'))
  }
  return (
    <Button size={size} icon={followed ? <StarFilled /> : <StarOutlined />} aria-pressed={followed} loading={follow.isPending || unfollow.isPending} onClick={() => void turn().catch(() => message.error(t('common.retry')))}>
      {t(followed ? 'following.following' : 'following.follow')}
    </Button>
  )
}
