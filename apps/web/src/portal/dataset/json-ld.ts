import { DOWNLOAD_FORMATS, operations, urlOf, type Entry } from '@datong/contracts'
import { licenceUrl } from './licence.tsx'

const MEDIA_TYPES: Record<(typeof DOWNLOAD_FORMATS)[number], string> = {
  csv: 'text/csv',
  json: 'application/json',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  parquet: 'application/vnd.apache.parquet',
}

/**
 * The description of a data set that search engines read.
 * @param origin scheme and host of the portal
 * @see https://schema.org/Dataset
 */
export function jsonLdOf(entry: Entry, origin: string): object {
  return {
    '@context': 'https://schema.org/',
    '@type': 'Dataset',
    name: entry.title,
    ...(entry.titleEn ? { alternateName: entry.titleEn } : {}),
    description: entry.summary || entry.title,
    url: `${origin}/datasets/${entry.code}`,
    identifier: entry.code,
    inLanguage: 'zh-CN',
    keywords: entry.keywords,
    license: licenceUrl(entry.licence) ?? entry.licence,
    isAccessibleForFree: true,
    creator: { '@type': 'GovernmentOrganization', name: entry.organisation.name, identifier: entry.organisation.code },
    dateModified: entry.dataUpdatedAt ?? entry.changedAt,
    ...(entry.publishedAt ? { datePublished: entry.publishedAt } : {}),
    variableMeasured: entry.fields.map((field) => ({ '@type': 'PropertyValue', name: field.name, description: field.description })),
    ...(entry.openingType === 'open' && entry.version !== null
      ? {
          distribution: DOWNLOAD_FORMATS.map((format) => ({
            '@type': 'DataDownload', encodingFormat: MEDIA_TYPES[format], contentUrl: origin + urlOf(operations.download, { code: entry.code }, { format }),
          })),
        }
      : {}),
  }
}
