import { type Demand, operations } from '@datong/contracts'
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useSession } from '../../shared/api/session.tsx'
import { usePages } from '../../shared/api/use-pages.ts'
import { DemandStateChip } from '../../shared/demands/demand-state-chip.tsx'
import { FileDemand } from '../../shared/demands/file-demand.tsx'
import { SupportButton } from '../../shared/demands/support-button.tsx'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { LinkButton } from '../../shared/ui/link-button.tsx'
import { Pager } from '../../shared/ui/pager.tsx'
import { Empty, Loaded } from '../../shared/ui/states.tsx'
import { usePageTitle } from '../frame/use-page-title.ts'
import { InChinese } from '../parts/entry-title.tsx'
import './demands.css'

/** What the public asks for: how much each is wanted, and what became of it. */
export function DemandsPage() {
  const { t } = useT()
  const { user } = useSession()
  const [search, setSearch] = useSearchParams()
  const [filing, setFiling] = useState(false)
  const sort = search.get('sort') === 'new' ? '-filedAt' as const : '-support' as const
  const mine = search.get('mine') === 'true' && user !== null
  const pages = usePages(operations.listDemands, { query: { sort, ...(mine ? { mine: true } : { audience: 'public' as const }) } })
  usePageTitle(t('lists.board'))
  const view = mine ? 'mine' : sort === '-filedAt' ? 'new' : 'wanted'
  return (
    <>
      <div className="dtp-demands-head">
        <div><h1 className="dtp-h1">{t('lists.board')}</h1><p className="dt-secondary">{t('lists.boardIntro')}</p></div>
        {user ? <Button type="primary" size="large" onClick={() => setFiling(true)}>{t('lists.file')}</Button> : <LinkButton type="primary" size="large" to="/console/login?next=%2Fdemands">{t('lists.signInToFile')}</LinkButton>}
      </div>
      <Segmented
        aria-label={t('lists.order')} value={view} options={(['wanted', 'new', ...(user ? ['mine'] as const : [])] as const).map((value) => ({ value, label: t(`lists.view.${value}`) }))}
        onChange={(value) => setSearch(value === 'wanted' ? {} : value === 'new' ? { sort: 'new' } : { mine: 'true' }, { replace: true })}
      />
      <Loaded of={{ ...pages.answer, isPending: pages.answer.data === undefined }} rows={8}>
        {({ items, total }) => items.length === 0 ? <Empty title={t('lists.noDemands')} hint={t('lists.noDemandsHint')} /> : (
          <>
            <ul className="dtp-demands">{items.map((demand) => <DemandCard key={demand.id} demand={demand} />)}</ul>
            <Pager index={pages.index} size={pages.size} count={items.length} total={total} onPrevious={pages.onPrevious} onNext={pages.onNext} />
          </>
        )}
      </Loaded>
      {filing && <FileDemand onClose={() => setFiling(false)} title={search.get('title') ?? ''} />}
    </>
  )
}

function DemandCard({ demand }: { readonly demand: Demand }) {
  const { t } = useT()
  const name = useName()
  const format = useFormat()
  return (
    <li>
      <div>
        <h2><InChinese>{demand.title}</InChinese></h2>
        <p className="dt-prewrap"><InChinese>{demand.description}</InChinese></p>
        {demand.answer && <p className="dtp-demand-answer"><strong>{demand.department ? name(demand.department) : ''}</strong> <InChinese>{demand.answer}</InChinese></p>}
        {demand.entry && <p><Link to={`/datasets/${demand.entry.code}`}>{t('lists.openData')}：<InChinese>{demand.entry.title}</InChinese></Link></p>}
        <p className="dt-secondary"><span className="dt-mono">{demand.number}</span> · {format.date(demand.filedAt)}{demand.department && ` · ${name(demand.department)}`}</p>
      </div>
      <div className="dtp-demand-side"><DemandStateChip state={demand.state} /><SupportButton demand={demand} /></div>
    </li>
  )
}
