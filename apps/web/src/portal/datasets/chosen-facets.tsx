import { CloseOutlined } from '@ant-design/icons'
import { Link } from 'react-router'
import { useT } from '../../shared/i18n/use-t.ts'
import { useOrganisationNames } from '../parts/use-organisations.ts'
import { facetLabel } from './facet-label.ts'
import { addressOf, changed, FACETS, NO_FACETS, type Facet, type Search } from './search-address.ts'
import '../parts/chosen.css'

/** What the list is narrowed to, each with the way out of it. */
export function ChosenFacets({ search }: { readonly search: Search }) {
  const { t } = useT()
  const organisationName = useOrganisationNames()
  const label = (facet: Facet, value: string): string =>
    facet === 'organisation' ? organisationName(value) : facetLabel(t, facet, value)
  const chosen = FACETS.flatMap((facet) => (search[facet] === undefined ? [] : [{ facet, text: label(facet, search[facet]) }]))
  if (chosen.length === 0) return null
  return (
    <ul className="dtp-chosen" aria-label={t('portal.list.chosen')}>
      {chosen.map(({ facet, text }) => (
        <li key={facet}>
          <Link to={addressOf(changed(search, { [facet]: undefined }))} preventScrollReset aria-label={t('portal.list.remove', { label: text })}>
            {text} <CloseOutlined aria-hidden />
          </Link>
        </li>
      ))}
      {chosen.length > 1 && <li><Link className="dtp-chosen-all" to={addressOf(changed(search, NO_FACETS))} preventScrollReset>{t('portal.list.clear')}</Link></li>}
    </ul>
  )
}
