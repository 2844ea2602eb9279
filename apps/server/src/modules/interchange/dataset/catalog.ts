import type { AgentDescription, CatalogDescription, LicenceDescription } from '@datong/catalog-metadata'
import type { InterchangeDeps } from '../context.ts'
import { addressesOf } from './addresses.ts'

/** Licence of the descriptions themselves. */
const LICENCE: LicenceDescription = { id: 'CC-BY-4.0', iri: 'https://creativecommons.org/licenses/by/4.0/', name: 'Creative Commons Attribution 4.0 International' }

/** The catalogue of the installation, published by its bureau. */
export function describeCatalog({ organisations }: Pick<InterchangeDeps, 'organisations'>, base: string): CatalogDescription {
  const at = addressesOf(base)
  const bureau = organisations.list().find(({ kind }) => kind === 'bureau')
  const publisher: AgentDescription = bureau === undefined
    ? { iri: at.organisation('bureau'), identifier: null, name: { 'zh-CN': '数据主管部门', en: 'Data bureau' }, homepage: at.home }
    : { iri: at.organisation(bureau.code), identifier: bureau.code, name: { 'zh-CN': bureau.name, ...(bureau.nameEn === '' ? {} : { en: bureau.nameEn }) }, homepage: at.home }
  return {
    iri: at.catalog,
    homepage: at.home,
    title: { 'zh-CN': '公共数据目录', en: 'Public data catalogue' },
    description: {
      'zh-CN': `${publisher.name['zh-CN'] ?? ''}公共数据目录：各部门开放和依申请开放的数据`,
      en: 'Data that departments opened to the public, at once or on application',
    },
    publisher,
    licence: LICENCE,
    languages: ['zh-CN', 'en'],
    spatial: bureau === undefined ? [] : [{ code: bureau.regionCode, iri: null, name: null }],
    issued: null,
    modified: null,
  }
}
