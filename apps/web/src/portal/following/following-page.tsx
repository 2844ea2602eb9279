import { Link } from 'react-router'
import { useSession } from '../../shared/api/session.tsx'
import { FollowingLists } from '../../shared/following/following-lists.tsx'
import { useT } from '../../shared/i18n/use-t.ts'
import { LinkButton } from '../../shared/ui/link-button.tsx'
import { Empty } from '../../shared/ui/states.tsx'
import { usePageTitle } from '../frame/use-page-title.ts'

/** 我的关注, in the portal. */
export function FollowingPage() {
  const { t } = useT()
  const { user, state } = useSession()
  usePageTitle(t('following.title'))
  if (state !== 'loading' && !user) return <Empty page title={t('following.signIn')} hint={t('following.intro')} action={<LinkButton type="primary" to="/console/login?next=%2Ffollowing">{t('portal.nav.signIn')}</LinkButton>} />
  return (
    <>
      <h1 className="dtp-h1">{t('following.title')}</h1>
      <p className="dt-secondary">{t('following.intro')}</p>
      {user && <p><Link to="/reports">{t('tickets.reports')} →</Link></p>}
      {user && <FollowingLists base="/datasets" results="/datasets" />}
    </>
  )
}
