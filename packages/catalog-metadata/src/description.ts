import type { FieldType } from '@datong/kernel'

/** The same words in several languages, by BCP 47 tag, such as `{ 'zh-CN': '停车场', en: 'Car parks' }`; may be empty. */
export type LocalisedText = Readonly<Record<string, string>>

/** An organisation that answers for something. */
export interface AgentDescription {
  /** Stable IRI; null when the source gives none. */
  readonly iri: string | null
  /** Unified social credit code (GB 32100) here, whatever the source uses elsewhere; null when unknown. */
  readonly identifier: string | null
  readonly name: LocalisedText
  readonly homepage: string | null
}

/** Whom to ask. At least one of the four says something. */
export interface ContactDescription {
  readonly name: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly url: string | null
}

/** A subject. `id` is one of the catalogue's own themes, `iri` a concept of the EU `data-theme` list; a foreign theme may have neither. */
export interface ThemeDescription {
  readonly id: string | null
  readonly iri: string | null
  readonly label: LocalisedText
}

/** A place: a division of GB/T 2260 here (2, 4, 6, 9 or 12 digits), an IRI or a name alone elsewhere. */
export interface PlaceDescription {
  readonly code: string | null
  readonly iri: string | null
  readonly name: string | null
}

/** A period of calendar dates (ISO 8601), open where null. */
export interface PeriodDescription {
  readonly from: string | null
  readonly to: string | null
}

/** Terms of use. `id` is an SPDX identifier where there is one. */
export interface LicenceDescription {
  readonly id: string | null
  readonly iri: string | null
  readonly name: string
}

/** A standard, schema or profile that something follows. */
export interface StandardDescription {
  readonly iri: string | null
  readonly title: string
}

export interface ChecksumDescription {
  /** As SPDX names it. */
  readonly algorithm: 'sha256' | 'sha512' | 'sha1' | 'md5'
  /** Hexadecimal, lower case. */
  readonly value: string
}

/** How this data set stands to another; the inverse ones are not written. */
export interface RelationDescription {
  readonly kind: 'source' | 'part-of' | 'replaces' | 'related' | 'version-of'
  readonly iri: string
  readonly title: string | null
}

/** One column of the data. */
export interface FieldDescription {
  readonly name: string
  readonly description: string
  readonly type: FieldType
  /** Characters, for text. */
  readonly maxLength: number | null
  readonly precision: number | null
  readonly scale: number | null
  /** Of measurement, such as `元` or `m²`. */
  readonly unit: string | null
  /** Id of the data element (数据元) that the column follows. */
  readonly element: string | null
  /** Id of the code list that its values are taken from. */
  readonly codeList: string | null
  /** Part of the key of a row. */
  readonly identifier: boolean
}

/** An interface through which data are read. @see https://www.w3.org/TR/vocab-dcat-3/#Class:Data_Service */
export interface ServiceDescription {
  readonly iri: string
  readonly title: LocalisedText
  readonly description: LocalisedText
  readonly endpointUrl: string
  /** Machine-readable description of the interface, such as an OpenAPI document. */
  readonly endpointDescription: string | null
  readonly conformsTo: readonly StandardDescription[]
}

export type DistributionAvailability = 'stable' | 'available' | 'experimental' | 'temporary'

/** One form in which the data can be had. */
export interface DistributionDescription {
  /** Stable IRI; null when the source gives none. */
  readonly iri: string | null
  /** Stable within the data set, such as `csv`; CKAN's resources get their id from it. */
  readonly key: string
  readonly title: LocalisedText
  readonly description: LocalisedText
  /** Where one gets at it: a file, an interface, or a page that says how. */
  readonly accessUrl: string
  /** Where the bytes are, without any step between; null when there is no such address. */
  readonly downloadUrl: string | null
  /** IANA media type, such as `text/csv`. */
  readonly mediaType: string | null
  /** Code of the EU `file-type` list, such as `CSV`, or what the source says. */
  readonly format: string | null
  readonly byteSize: number | null
  readonly checksum: ChecksumDescription | null
  readonly licence: LicenceDescription | null
  /** Conditions beyond the licence. */
  readonly rights: LocalisedText
  /** RFC 3339 instants or ISO dates. */
  readonly issued: string | null
  readonly modified: string | null
  readonly availability: DistributionAvailability | null
  readonly conformsTo: readonly StandardDescription[]
  /** IRI of one of the data set's services. */
  readonly accessService: string | null
}

export type AccessRights = 'public' | 'restricted' | 'non-public'

/** How often data are renewed, in the words of the catalogue. */
export type UpdateFrequency = 'realtime' | 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly' | 'irregular'

/**
 * One data set in neutral form: what every open format is written from and read into. It holds only what those who read the
 * format may know; who may is decided before a description is made.
 */
export interface DatasetDescription {
  /** Stable IRI of the data set itself. */
  readonly iri: string
  readonly identifier: string
  /** Page for people; null when there is none. */
  readonly landingPage: string | null
  readonly title: LocalisedText
  readonly description: LocalisedText
  readonly publisher: AgentDescription | null
  readonly contact: ContactDescription | null
  /** Words by language. */
  readonly keywords: Readonly<Record<string, readonly string[]>>
  readonly themes: readonly ThemeDescription[]
  readonly licence: LicenceDescription | null
  /** RFC 3339 instants or ISO dates. */
  readonly issued: string | null
  readonly modified: string | null
  readonly frequency: UpdateFrequency | null
  readonly nextUpdate: string | null
  readonly spatial: readonly PlaceDescription[]
  readonly temporal: readonly PeriodDescription[]
  readonly provenance: LocalisedText
  readonly version: string | null
  readonly versionNotes: LocalisedText
  readonly relations: readonly RelationDescription[]
  readonly accessRights: AccessRights | null
  /** Conditions of access and their legal ground, in words. */
  readonly rights: LocalisedText
  /** Law or regulation that the access rests on, in words. */
  readonly legalBasis: string | null
  readonly conformsTo: readonly StandardDescription[]
  /** BCP 47 tags of the data themselves. */
  readonly languages: readonly string[]
  readonly rowCount: number | null
  readonly fields: readonly FieldDescription[]
  readonly distributions: readonly DistributionDescription[]
  readonly services: readonly ServiceDescription[]
  /** When the description itself came into the catalogue and was last changed, RFC 3339; null when the source does not say. */
  readonly listed: string | null
  readonly changed: string | null
  /** Where the description was taken from, when this catalogue is not its first. */
  readonly origin: { readonly source: string; readonly identifier: string; readonly url: string | null } | null
}

/** The catalogue that data sets stand in. */
export interface CatalogDescription {
  readonly iri: string
  readonly homepage: string
  readonly title: LocalisedText
  readonly description: LocalisedText
  readonly publisher: AgentDescription
  readonly licence: LicenceDescription
  readonly languages: readonly string[]
  readonly spatial: readonly PlaceDescription[]
  readonly issued: string | null
  readonly modified: string | null
}
