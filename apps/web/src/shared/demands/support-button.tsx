import { LikeFilled, LikeOutlined } from '@ant-design/icons'
import { type Demand, operations } from '@datong/contracts'
import { Button } from 'antd'
import { useAction } from '../api/hooks.ts'
import { useSession } from '../api/session.tsx'
import { useT } from '../i18n/use-t.ts'

/** Asks for the same, once a person; who is not signed in sees the count. */
export function SupportButton({ demand }: { readonly demand: Pick<Demand, 'id' | 'title' | 'support' | 'supported' | 'state'> }) {
  const { t } = useT()
  const { user } = useSession()
  const support = useAction(operations.supportDemand)
  const over = demand.state === 'merged' || demand.state === 'withdrawn'
  if (!user || over) return <span className="dt-secondary">{t('lists.supporters', { count: demand.support })}</span>
  return (
    <Button
      icon={demand.supported ? <LikeFilled /> : <LikeOutlined />} aria-pressed={demand.supported} aria-label={`${t('lists.wantToo')}：${demand.title}`} loading={support.isPending}
      onClick={() => support.mutate({ params: { id: demand.id }, body: { support: !demand.supported } })}
    >
      {t('lists.wantToo')} {demand.support}
    </Button>
  )
}
