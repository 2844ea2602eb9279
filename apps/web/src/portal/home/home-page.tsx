import { operations, type EntrySummary } from '@datong/contracts'
import { Link } from 'react-router'
import { useApi } from '../../shared/api/hooks.ts'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Loaded } from '../../shared/ui/states.tsx'
import { usePageTitle } from '../frame/use-page-title.ts'
import { useSiteName } from '../frame/use-site-name.ts'
import { SearchField } from '../parts/search-field.tsx'
import { usePublicFigures } from '../parts/use-public-figures.ts'
import { DatasetLines } from './dataset-lines.tsx'
import { exampleWords } from './example-words.ts'
import { ThemeGrid } from './theme-grid.tsx'
import { WeekFigures } from './week-figures.tsx'
import './home.css'

const SHOWN = 6

/** Home of the portal: search first, then the themes, then what is new and what is good. */
export function HomePage() {
  const { t } = useT()
  const { city, known } = useSiteName()
  usePageTitle('')
  const latest = useApi(operations.searchEntries, { query: { audience: 'public', sort: '-changedAt', limit: SHOWN } })
  const best = useApi(operations.searchEntries, { query: { audience: 'public', sort: '-stars', limit: SHOWN } })
  return (
    <>
      <div className="dtp-hero">
        <section aria-label={t('common.search')}>
          <h1 style={{ visibility: known ? 'visible' : 'hidden' }}>{city === null ? t('portal.home.title') : t('portal.home.titleOf', { city })}</h1>
          <Lead />
          <SearchField />
          <Examples entries={[...(best.data?.items ?? []), ...(latest.data?.items ?? [])]} />
        </section>
        <WeekFigures />
      </div>

      <section className="dtp-section" aria-labelledby="themes">
        <h2 id="themes">{t('portal.home.themes')}</h2>
        <Loaded of={latest}>{({ facets }) => <ThemeGrid counts={facets.theme} />}</Loaded>
      </section>

      <div className="dtp-home-columns">
        <section aria-labelledby="latest">
          <SectionHead id="latest" title={t('portal.home.latest')} to="/datasets?sort=-changedAt" />
          <Loaded of={latest} rows={8}>{({ items }) => <DatasetLines entries={items} by="date" />}</Loaded>
        </section>
        <section aria-labelledby="best">
          <SectionHead id="best" title={t('portal.home.best')} to="/datasets?sort=-stars" />
          <Loaded of={best} rows={8}>{({ items }) => <DatasetLines entries={items} by="stars" />}</Loaded>
        </section>
      </div>
    </>
  )
}

function SectionHead({ id, title, to }: { readonly id: string; readonly title: string; readonly to: string }) {
  const { t } = useT()
  return (
    <div className="dtp-section-head">
      <h2 id={id}>{title}</h2>
      <Link to={to}>{t('portal.home.more')}<span className="dt-visually-hidden"> {title}</span></Link>
    </div>
  )
}

/** How much there is, in a sentence. */
function Lead() {
  const { t } = useT()
  const format = useFormat()
  const { data } = usePublicFigures()
  return (
    <p className="dtp-lead">
      {data ? t('portal.home.lead', { count: data.published, sets: format.number(data.published), organisations: format.number(data.organisations), rows: format.large(data.rows) }) : ' '}
    </p>
  )
}

/** Words to try, taken from what departments wrote about their data, so that each finds something. */
function Examples({ entries }: { readonly entries: readonly EntrySummary[] }) {
  const { t } = useT()
  const words = exampleWords(entries.filter((entry) => entry.openingType === 'open'))
  return (
    <p className="dtp-examples">
      {words.length > 0 && (
        <>
          <span className="dt-secondary">{t('portal.home.try')}</span>
          {words.map((word) => <Link key={word} to={`/datasets?${new URLSearchParams({ q: word })}`} lang="zh-CN">{word}</Link>)}
        </>
      )}
    </p>
  )
}
