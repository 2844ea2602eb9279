import { useT } from '../../shared/i18n/use-t.ts'
import { FollowingLists } from '../../shared/following/following-lists.tsx'
import { PageHeader } from '../../shared/ui/page-header.tsx'

/** 我的关注, in the console. */
export function FollowingPage() {
  const { t } = useT()
  return (
    <>
      <PageHeader title={t('following.title')} facts={t('following.intro')} />
      <FollowingLists base="/console/catalog" results="/console/catalog" />
    </>
  )
}
