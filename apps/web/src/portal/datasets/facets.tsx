import { OPENING_TYPES } from '@datong/contracts'
import { CloseOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { Link } from 'react-router'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { useOrganisationNames } from '../parts/use-organisations.ts'
import { facetLabel } from './facet-label.ts'
import { addressOf, changed, FACETS, type Facet, type Search } from './search-address.ts'
import type { FacetCount } from './use-results.ts'

interface FacetsProps {
  readonly search: Search
  readonly counts: Readonly<Record<Facet, readonly FacetCount[]>>
  readonly onFollow: () => void
}

const SHOWN = 8

/** Ways to narrow the list, as links: each can be opened, shared and walked to by keyboard. */
export function Facets({ search, counts, onFollow }: FacetsProps) {
  const { t } = useT()
  const organisationName = useOrganisationNames()
  const labelOf = (facet: Facet) => (value: string): string => (facet === 'organisation' ? organisationName(value) : facetLabel(t, facet, value))
  return (
    <div className="dtp-facets">
      {FACETS.map((facet) => (
        <FacetList key={facet} facet={facet} search={search} counts={counts[facet]} labelOf={labelOf(facet)} onFollow={onFollow} />
      ))}
    </div>
  )
}

function FacetList({ facet, search, counts, labelOf, onFollow }: Omit<FacetsProps, 'counts'> & {
  readonly facet: Facet
  readonly counts: readonly FacetCount[]
  readonly labelOf: (value: string) => string
}) {
  const { t } = useT()
  const format = useFormat()
  const [all, setAll] = useState(false)
  const chosen = search[facet]
  // What is chosen stays, also where nothing is left of it.
  const listed = chosen !== undefined && !counts.some(({ value }) => value === chosen) ? [{ value: chosen, count: 0 }, ...counts] : counts
  const ordered = facet === 'stars' ? listed.toSorted((a, b) => b.value.localeCompare(a.value)) : facet === 'openingType' ? OPENING_TYPES.flatMap((type) => listed.filter(({ value }) => value === type)) : listed
  const shown = all || ordered.length <= SHOWN + 1 ? ordered : ordered.filter(({ value }, index) => index < SHOWN || value === chosen)
  if (ordered.length === 0) return null
  return (
    <section aria-labelledby={`facet-${facet}`}>
      <h2 id={`facet-${facet}`}>{t(`search.facet.${facet}`)}</h2>
      <ul>
        {shown.map(({ value, count }) => {
          const active = value === chosen
          return (
            <li key={value}>
              <Link
                to={addressOf(changed(search, { [facet]: active ? undefined : value }))} preventScrollReset onClick={onFollow}
                aria-current={active || undefined} aria-label={active ? t('portal.list.remove', { label: labelOf(value) }) : undefined}
              >
                <span>{labelOf(value)}</span>
                {active ? <CloseOutlined aria-hidden /> : <span className="dtp-facet-count">{format.number(count)}</span>}
              </Link>
            </li>
          )
        })}
      </ul>
      {shown.length < ordered.length && <button type="button" className="dtp-textbutton" onClick={() => setAll(true)}>{t('portal.list.showAll', { count: ordered.length })}</button>}
    </section>
  )
}
