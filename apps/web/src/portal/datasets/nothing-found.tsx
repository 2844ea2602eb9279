import { Link } from 'react-router'
import { useT } from '../../shared/i18n/use-t.ts'
import { Empty } from '../../shared/ui/states.tsx'
import { useBureau } from '../parts/use-organisations.ts'
import { addressOf, changed, FACETS, NO_FACETS, type Search } from './search-address.ts'

/** Why nothing is listed, and what can be done: fewer filters, other words, or asking for the data. */
export function NothingFound({ search }: { readonly search: Search }) {
  const { t } = useT()
  const bureau = useBureau()
  const narrowed = FACETS.some((facet) => search[facet] !== undefined)
  if (search.q === '' && !narrowed) return <Empty title={t('portal.noSetsYet')} hint={t('portal.noSetsYetHint')} />
  return (
    <Empty
      title={search.q === '' ? t('portal.none.filtered') : t('portal.none.words', { words: search.q })}
      hint={
        <>
          {t('portal.none.hint')}
          {bureau && <> {t('portal.none.ask', { bureau })}</>}
        </>
      }
      action={
        <span className="dtp-none-ways">
          {narrowed && <Link to={addressOf(changed(search, NO_FACETS))}>{t('portal.none.unfilter')}</Link>}
          {search.q !== '' && <Link to={`/demands?${new URLSearchParams({ title: search.q })}`}>{t('lists.file')}</Link>}
          <Link to="/datasets">{t('portal.seeAll')}</Link>
        </span>
      }
    />
  )
}
