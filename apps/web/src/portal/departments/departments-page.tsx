import { operations } from '@datong/contracts'
import { Link } from 'react-router'
import { useApi } from '../../shared/api/hooks.ts'
import { useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Empty, Loaded } from '../../shared/ui/states.tsx'
import { usePageTitle } from '../frame/use-page-title.ts'
import { InChinese } from '../parts/entry-title.tsx'
import './departments.css'

/** Departments, what they are for, and how many data sets they opened. */
export function DepartmentsPage() {
  const { t } = useT()
  const nameOf = useName()
  const organisations = useApi(operations.listOrganisations)
  const counted = useApi(operations.searchEntries, { query: { audience: 'public', limit: 1 } })
  usePageTitle(t('portal.nav.departments'))
  const counts = new Map(counted.data?.facets.organisation.map(({ value, count }) => [value, count]))
  return (
    <>
      <h1 className="dtp-h1">{t('portal.nav.departments')}</h1>
      <Loaded of={organisations} rows={10}>
        {({ items }) => {
          const shown = items.filter((organisation) => organisation.kind !== 'public').toSorted((a, b) => (counts.get(b.code) ?? 0) - (counts.get(a.code) ?? 0))
          if (shown.length === 0) return <Empty title={t('portal.departments.none')} />
          return (
            <ul className="dtp-departments">
              {shown.map((organisation) => {
                const count = counts.get(organisation.code) ?? 0
                return (
                  <li key={organisation.code}>
                    <div>
                      <h2>{nameOf(organisation)}</h2>
                      {organisation.duties.length > 0 && <p className="dt-secondary"><InChinese>{organisation.duties.join('；')}</InChinese></p>}
                    </div>
                    {counted.data && (count > 0
                      ? <Link to={`/datasets?organisation=${organisation.code}`} aria-label={`${nameOf(organisation)}: ${t('portal.sets', { count })}`}>{t('portal.sets', { count })}</Link>
                      : <span className="dt-secondary">{t('portal.departments.nothing')}</span>)}
                  </li>
                )
              })}
            </ul>
          )
        }}
      </Loaded>
    </>
  )
}
