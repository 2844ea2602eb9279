import { type DistributionDescription, formatOf, type LicenceDescription, type LocalisedText, type ServiceDescription } from '@datong/catalog-metadata'
import { DOWNLOAD_FORMATS } from '@datong/contracts'
import type { EntryRecord } from '../../catalog/index.ts'
import type { OpenFile } from '../../delivery/index.ts'
import type { Addresses } from './addresses.ts'

/** Interfaces of delivery are described in OpenAPI 3.1. */
const OPEN_API = { iri: 'https://spec.openapis.org/oas/v3.1.0', title: 'OpenAPI 3.1.0' }

/** What all distributions of an entry have in common. */
export interface Common {
  readonly licence: LicenceDescription | null
  readonly rights: LocalisedText
  readonly issued: string | null
  readonly modified: string | null
}

type Entry = Pick<EntryRecord, 'code' | 'title' | 'openingType' | 'version' | 'links'>

/**
 * The forms in which the public gets at an entry: files and rows of what is open, the page that says how to apply for the
 * rest, and links to elsewhere.
 */
export function distributionsOf(entry: Entry, common: Common, at: Addresses, files: readonly OpenFile[]): DistributionDescription[] {
  const own = entry.version === null ? [] : entry.openingType === 'open' ? openForms(entry, common, at, files) : [onApplication(entry, common, at)]
  return [...own, ...entry.links.map((link, index) => linked(entry.code, link, index, common, at))]
}

/** The interface for rows; only of what is open, since nobody else can call it without a grant. */
export function servicesOf(entry: Entry, at: Addresses): ServiceDescription[] {
  if (entry.openingType !== 'open' || entry.version === null) return []
  return [{
    iri: at.distribution(entry.code, 'service'),
    title: { 'zh-CN': `${entry.title} 数据接口`, en: `Data interface of ${entry.code}` },
    description: { 'zh-CN': '按字段筛选、排序、分页读取数据', en: 'Rows filtered by fields, sorted and paged' },
    endpointUrl: at.rows(entry.code), endpointDescription: at.openApi(entry.code), conformsTo: [OPEN_API],
  }]
}

function openForms(entry: Entry, common: Common, at: Addresses, known: readonly OpenFile[]): DistributionDescription[] {
  const files = DOWNLOAD_FORMATS.map((key): DistributionDescription => {
    const format = formatOf(key)
    const url = at.download(entry.code, key)
    const file = known.find((one) => one.format === key && one.version === entry.version)
    return {
      ...blank(entry.code, key, common, at),
      title: { 'zh-CN': `${entry.title}（${format?.label ?? key}）`, en: `Download as ${format?.label ?? key}` },
      description: { 'zh-CN': `当前版本的全部数据，${format?.label ?? key} 文件`, en: `All rows of the current version as a ${format?.label ?? key} file` },
      accessUrl: url, downloadUrl: url, mediaType: format?.mediaType ?? null, format: format?.code ?? null,
      ...(file === undefined ? {} : { byteSize: file.bytes, checksum: { algorithm: 'sha256' as const, value: file.sha256 } }),
    }
  })
  const rows: DistributionDescription = {
    ...blank(entry.code, 'api', common, at),
    title: { 'zh-CN': `${entry.title}（接口）`, en: 'Rows by HTTP' },
    description: { 'zh-CN': '按字段筛选、排序、分页读取数据', en: 'Rows filtered by fields, sorted and paged' },
    accessUrl: at.rows(entry.code), mediaType: 'application/json', format: 'JSON', accessService: at.distribution(entry.code, 'service'),
  }
  return [...files, rows]
}

/** What is opened on application is delivered by interface once an application is granted; the page says how to apply. */
const onApplication = (entry: Entry, common: Common, at: Addresses): DistributionDescription => ({
  ...blank(entry.code, 'application', common, at),
  title: { 'zh-CN': `${entry.title}（依申请）`, en: 'On application' },
  description: { 'zh-CN': '提交申请并获批准后，通过接口或文件获取数据', en: 'Delivered by interface or file once an application is granted' },
  accessUrl: at.page(entry.code), mediaType: 'application/json', format: 'JSON',
})

function linked(code: string, link: Entry['links'][number], index: number, common: Common, at: Addresses): DistributionDescription {
  const format = formatOf(link.format) ?? formatOf(link.mediaType)
  // A page is a way to the data, never the data.
  const isFile = format !== undefined && format.code !== 'HTML'
  return {
    ...blank(code, `link-${index + 1}`, common, at),
    title: link.title === '' ? {} : { 'zh-CN': link.title },
    accessUrl: link.url, downloadUrl: isFile ? link.url : null,
    mediaType: link.mediaType === '' ? format?.mediaType ?? null : link.mediaType, format: format?.code ?? (link.format === '' ? null : link.format),
    availability: null,
  }
}

const blank = (code: string, key: string, common: Common, at: Addresses): Omit<DistributionDescription, 'accessUrl'> => ({
  iri: at.distribution(code, key), key, title: {}, description: {}, downloadUrl: null, mediaType: null, format: null, byteSize: null, checksum: null, ...common,
  availability: 'stable', conformsTo: [], accessService: null,
})
