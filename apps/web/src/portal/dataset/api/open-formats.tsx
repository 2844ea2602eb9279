import type { Entry } from '@datong/contracts'
import { useT } from '../../../shared/i18n/use-t.ts'

/** The description of the data set for programs: the same address in several formats. */
export function OpenFormats({ entry }: { readonly entry: Pick<Entry, 'code' | 'openingType' | 'version' | 'fields'> }) {
  const { t } = useT()
  const files = entry.openingType === 'open' && entry.version !== null
  const formats = [
    { name: 'DCAT-AP · Turtle', path: `/dataset/${entry.code}.ttl` },
    { name: 'DCAT-AP · JSON-LD', path: `/dataset/${entry.code}.jsonld` },
    { name: 'DCAT-AP · RDF/XML', path: `/dataset/${entry.code}.xml` },
    ...(files ? [{ name: 'Data Package', path: `/dataset/${entry.code}/datapackage.json` }] : []),
    ...(files && entry.fields.length > 0 ? [{ name: 'CSVW', path: `/dataset/${entry.code}/csv-metadata.json` }] : []),
    { name: 'CKAN', path: `/api/3/action/package_show?id=${entry.code}` },
  ]
  return (
    <section aria-labelledby="open-formats">
      <h2 id="open-formats">{t('portal.formats.title')}</h2>
      <p className="dt-secondary">{t('portal.formats.hint')}</p>
      <dl className="dtp-api-filters">
        {formats.map(({ name, path }) => (
          <div key={path}>
            <dt>{name}</dt>
            <dd><a href={path}><code>{path}</code></a></dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
