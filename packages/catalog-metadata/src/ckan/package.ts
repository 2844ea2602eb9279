import type { DatasetDescription, DistributionDescription, LocalisedText } from '../description.ts'
import { formatOf } from '../vocabularies/formats.ts'
import { ckanLicence, isOpenLicence } from '../vocabularies/licences.ts'
import { ckanDatasetId, ckanNameId, ckanResourceId } from './ids.ts'

/** What a description does not say and a package does. */
export interface CkanContext {
  /** Not shown to the public. */
  readonly isPrivate: boolean
  readonly state: 'active' | 'draft' | 'deleted'
  /** Keys of distributions whose rows `datastore_search` answers. */
  readonly datastore: ReadonlySet<string>
}

export interface CkanOrganization {
  readonly id: string
  readonly name: string
  readonly title: string
  readonly type: 'organization'
  readonly description: string
  readonly image_url: string
  readonly created: string
  readonly is_organization: true
  readonly approval_status: 'approved'
  readonly state: 'active'
}

export interface CkanGroupRef {
  readonly id: string
  readonly name: string
  readonly title: string
  readonly display_name: string
  readonly description: string
  readonly image_display_url: string
}

export interface CkanTag {
  readonly id: string
  readonly name: string
  readonly display_name: string
  readonly state: 'active'
  readonly vocabulary_id: null
}

export type CkanResource = ReturnType<typeof resourceOf>
export type CkanPackage = ReturnType<typeof toCkanPackage>

const LANGUAGES = ['zh-CN', 'zh', 'en']

/** The words in Chinese, else in English, else in whatever language there are some. */
const wordsOf = (text: LocalisedText): string => LANGUAGES.map((tag) => text[tag]).find((words) => words !== undefined) ?? Object.values(text)[0] ?? ''

/** CKAN writes times in UTC without saying so, to the microsecond. */
export const ckanTime = (instant: string): string => {
  const time = new Date(instant)
  return Number.isNaN(time.getTime()) ? instant : `${time.toISOString().slice(0, -1)}000`
}

const timeOr = (instant: string | null, fallback: string | null): string => ckanTime(instant ?? fallback ?? '1970-01-01T00:00:00Z')

/** Names of organisations are lower case with CKAN; a unified social credit code stays one when it is read without regard to case. */
export const ckanName = (code: string): string => code.toLowerCase()

/**
 * A data set as CKAN's `package_show` gives it. What CKAN has no place for goes into `extras`, under the keys that its DCAT extension reads.
 * @see https://docs.ckan.org/en/2.11/api/#ckan.logic.action.get.package_show
 * @see https://docs.ckan.org/projects/ckanext-dcat/en/latest/mapping/
 */
export function toCkanPackage(dataset: DatasetDescription, { isPrivate, state, datastore }: CkanContext) {
  const id = ckanDatasetId(dataset.identifier)
  const created = timeOr(dataset.listed, dataset.issued)
  const modified = timeOr(dataset.changed, dataset.modified)
  const resources = dataset.distributions.map((distribution, position) => resourceOf(dataset, distribution, position, datastore))
  const tags = [...new Set(Object.values(dataset.keywords).flat())].map(ckanTag)
  const organization = dataset.publisher?.identifier == null ? null : ckanOrganization(dataset.publisher.identifier, wordsOf(dataset.publisher.name), created)
  return {
    id,
    name: ckanName(dataset.identifier),
    title: wordsOf(dataset.title),
    notes: wordsOf(dataset.description),
    url: dataset.landingPage ?? '',
    version: dataset.version,
    author: dataset.publisher === null ? null : wordsOf(dataset.publisher.name),
    author_email: null,
    maintainer: dataset.contact?.name ?? null,
    maintainer_email: dataset.contact?.email ?? null,
    creator_user_id: null,
    license_id: ckanLicence(dataset.licence),
    license_title: dataset.licence?.name ?? null,
    ...(dataset.licence?.iri == null ? {} : { license_url: dataset.licence.iri }),
    isopen: isOpenLicence(dataset.licence),
    metadata_created: created,
    metadata_modified: modified,
    private: isPrivate,
    state,
    type: 'dataset',
    organization,
    owner_org: organization?.id ?? null,
    num_resources: resources.length,
    num_tags: tags.length,
    tags,
    groups: dataset.themes.flatMap(({ id: theme, label }) => (theme === null ? [] : [ckanGroup(theme, wordsOf(label))])),
    resources,
    extras: extrasOf(dataset),
    relationships_as_subject: [],
    relationships_as_object: [],
  }
}

function resourceOf(dataset: DatasetDescription, distribution: DistributionDescription, position: number, datastore: ReadonlySet<string>) {
  const created = timeOr(distribution.issued, dataset.listed)
  const changed = timeOr(distribution.modified, dataset.changed)
  return {
    id: ckanResourceId(dataset.identifier, distribution.key),
    package_id: ckanDatasetId(dataset.identifier),
    name: wordsOf(distribution.title),
    description: wordsOf(distribution.description),
    url: distribution.downloadUrl ?? distribution.accessUrl,
    url_type: null,
    format: ckanFormat(distribution.format),
    mimetype: distribution.mediaType,
    mimetype_inner: null,
    size: distribution.byteSize,
    hash: distribution.checksum?.value ?? '',
    resource_type: distribution.accessService === null ? null : 'api',
    state: 'active' as const,
    position,
    created,
    last_modified: changed,
    metadata_modified: changed,
    cache_last_updated: null,
    cache_url: null,
    datastore_active: datastore.has(distribution.key),
  }
}

/** Formats as CKAN's own list writes them: `GeoJSON`, `CSV`. */
export const ckanFormat = (code: string | null): string => (code === null ? '' : (formatOf(code)?.label ?? code).replace(/^Excel /, ''))

export const ckanTag = (name: string): CkanTag => ({ id: ckanNameId('tag', name), name, display_name: name, state: 'active', vocabulary_id: null })

export const ckanGroup = (name: string, title: string): CkanGroupRef =>
  ({ id: ckanNameId('group', name), name, title, display_name: title, description: '', image_display_url: '' })

/** @param created as `ckanTime` writes it */
export const ckanOrganization = (code: string, title: string, created: string): CkanOrganization => ({
  id: ckanNameId('organization', code), name: ckanName(code), title, type: 'organization', description: '', image_url: '', created, is_organization: true, approval_status: 'approved', state: 'active',
})

function extrasOf(dataset: DatasetDescription): { key: string; value: string }[] {
  const [place] = dataset.spatial
  const [period] = dataset.temporal
  const said: Readonly<Record<string, string | null | undefined>> = {
    uri: dataset.iri, identifier: dataset.identifier, issued: dataset.issued, modified: dataset.modified,
    language: dataset.languages.length === 0 ? null : JSON.stringify(dataset.languages), frequency: dataset.frequency, next_update: dataset.nextUpdate,
    title_en: dataset.title['en'], publisher_uri: dataset.publisher?.iri, publisher_name: dataset.publisher === null ? null : wordsOf(dataset.publisher.name),
    contact_name: dataset.contact?.name, contact_email: dataset.contact?.email, contact_phone: dataset.contact?.phone,
    spatial_uri: place?.iri, spatial_code: place?.code, spatial_text: place?.name, temporal_start: period?.from, temporal_end: period?.to,
    access_rights: dataset.accessRights, legal_basis: dataset.legalBasis, conditions: wordsOf(dataset.rights), provenance: wordsOf(dataset.provenance),
    row_count: dataset.rowCount === null ? null : String(dataset.rowCount), origin_source: dataset.origin?.source, origin_identifier: dataset.origin?.identifier, origin_url: dataset.origin?.url,
  }
  return Object.entries(said).flatMap(([key, value]) => (value === null || value === undefined || value === '' ? [] : [{ key, value }]))
}
