import { useT } from '../../shared/i18n/use-t.ts'

/** Licences by SPDX identifier that have a text of their own; others stand as the department wrote them. */
const LICENCES: Readonly<Record<string, { readonly name: string; readonly url: string }>> = {
  'CC-BY-4.0': { name: 'CC BY 4.0', url: 'https://creativecommons.org/licenses/by/4.0/' },
  'CC-BY-SA-4.0': { name: 'CC BY-SA 4.0', url: 'https://creativecommons.org/licenses/by-sa/4.0/' },
  'CC0-1.0': { name: 'CC0 1.0', url: 'https://creativecommons.org/publicdomain/zero/1.0/' },
}

/** Address of a licence's text, where it has one that we know. */
export const licenceUrl = (licence: string): string | undefined => LICENCES[licence]?.url

/** What one may do with the data. */
export function LicenceName({ licence }: { readonly licence: string }) {
  const { t } = useT()
  const known = LICENCES[licence]
  if (!known) return <>{licence === '' ? '–' : licence}</>
  const words = t.maybe('portal.licence.', licence, '')
  return (
    <>
      <a href={known.url} rel="license noreferrer" target="_blank">{known.name}</a>
      {words !== '' && <span className="dt-secondary"> {words}</span>}
    </>
  )
}
