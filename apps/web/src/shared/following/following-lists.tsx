import { type FollowedEntry, operations, type SavedSearch } from '@datong/contracts'
import { Button } from 'antd'
import { Link } from 'react-router'
import { useAction, useApi } from '../api/hooks.ts'
import { useFormat, useName } from '../i18n/use-format.ts'
import { useT } from '../i18n/use-t.ts'
import { ListTable } from '../ui/list-table.tsx'
import { Panel } from '../ui/page-header.tsx'
import { Empty, Loaded } from '../ui/states.tsx'

/** What the person follows, entries and searches, with ways to pause and to let go; `base` and `results` are the pages of this face. */
export function FollowingLists({ base, results }: { readonly base: string; readonly results: string }) {
  const { t } = useT()
  const following = useApi(operations.listFollowing)
  return (
    <Loaded of={following}>
      {({ entries, searches }) => (
        <>
          <Panel title={t('following.entries')} flush>{entries.length === 0 ? <Empty title={t('following.none')} hint={t('following.noneHint')} /> : <Entries entries={entries} base={base} />}</Panel>
          <Panel title={t('following.searches')} flush>{searches.length === 0 ? <Empty title={t('following.noSearches')} hint={t('following.noneHint')} /> : <Searches searches={searches} results={results} />}</Panel>
        </>
      )}
    </Loaded>
  )
}

function Entries({ entries, base }: { readonly entries: readonly FollowedEntry[]; readonly base: string }) {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const follow = useAction(operations.followEntry)
  const unfollow = useAction(operations.unfollowEntry)
  return (
    <ListTable<FollowedEntry>
      label={t('following.entries')} rows={entries} rowKey={({ code }) => code}
      columns={[
        { key: 'title', title: t('catalog.form.title'), render: (one) => <div className="dt-cell-title">{one.state === null ? <span className="dt-secondary dt-mono">{one.code} · {t('following.gone')}</span> : <Link to={`${base}/${one.code}`}>{one.title}</Link>}<div className="dt-secondary dt-cell-sub">{one.state !== null && name(one.organisation)}{one.paused && ` · ${t('following.paused')}`}</div></div> },
        { key: 'latest', title: t('following.latest'), render: ({ latest }) => (latest === null ? '–' : <span>{latest.kinds.map((kind) => t(`notices.news.${kind}`)).join(t('shell.and'))} <span className="dt-secondary dt-nowrap">{format.ago(latest.at, new Date())}</span></span>) },
        { key: 'act', title: t('board.act'), render: (one) => (
          <span className="dt-chips">
            <Button size="small" onClick={() => follow.mutate({ params: { code: one.code }, body: { paused: !one.paused } })} disabled={one.state === null}>{t(one.paused ? 'following.resume' : 'following.pause')}</Button>
            <Button size="small" aria-label={`${t('following.remove')}：${one.title}`} onClick={() => unfollow.mutate({ params: { code: one.code } })}>{t('following.remove')}</Button>
          </span>
        ) },
      ]}
    />
  )
}

function Searches({ searches, results }: { readonly searches: readonly SavedSearch[]; readonly results: string }) {
  const { t } = useT()
  const change = useAction(operations.changeSavedSearch)
  const forget = useAction(operations.deleteSavedSearch)
  const address = (query: SavedSearch['query']): string => `${results}?${new URLSearchParams(Object.entries(query).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])))}`
  return (
    <ListTable<SavedSearch>
      label={t('following.searches')} rows={searches} rowKey={({ id }) => id}
      columns={[
        { key: 'name', title: t('following.searchName'), render: (one) => <div className="dt-cell-title"><Link to={address(one.query)}>{one.name}</Link>{one.paused && <div className="dt-secondary dt-cell-sub">{t('following.paused')}</div>}</div> },
        { key: 'told', title: t('following.lastTold'), render: ({ lastToldOn }) => lastToldOn ?? t('following.never') },
        { key: 'act', title: t('board.act'), render: (one) => (
          <span className="dt-chips">
            <Button size="small" onClick={() => change.mutate({ params: { id: one.id }, body: { paused: !one.paused } })}>{t(one.paused ? 'following.resume' : 'following.pause')}</Button>
            <Button size="small" aria-label={`${t('following.forget')}：${one.name}`} onClick={() => forget.mutate({ params: { id: one.id } })}>{t('following.forget')}</Button>
          </span>
        ) },
      ]}
    />
  )
}
