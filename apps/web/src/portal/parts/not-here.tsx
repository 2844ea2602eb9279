import { Link } from 'react-router'
import { useT } from '../../shared/i18n/use-t.ts'
import { SearchField } from './search-field.tsx'
import './not-here.css'

/** What is not there, why that may be, and two ways on. */
export function NotHere({ title, hint }: { readonly title: string; readonly hint: string }) {
  const { t } = useT()
  return (
    <div className="dtp-nothere">
      <h1 className="dtp-h1">{title}</h1>
      <p className="dt-secondary">{hint}</p>
      <SearchField />
      <p><Link to="/datasets">{t('portal.seeAll')}</Link></p>
    </div>
  )
}
