import { licenceById } from '@datong/contracts'
import { useT } from '../../shared/i18n/use-t.ts'

/** Address of a licence's text, where it has one that we know. */
export const licenceUrl = (licence: string): string | undefined => licenceById(licence)?.uri

/** What one may do with the data. */
export function LicenceName({ licence }: { readonly licence: string }) {
  const { t } = useT()
  const known = licenceById(licence)
  if (!known) return <>{licence === '' ? '–' : licence}</>
  const words = t.maybe('portal.licence.', licence, '')
  return (
    <>
      <a href={known.uri} rel="license noreferrer" target="_blank" title={t.language === 'en' ? known.titleEn : known.title}>{known.short}</a>
      {words !== '' && <span className="dt-secondary"> {words}</span>}
    </>
  )
}
