/** Both languages of a label or sentence. */
export interface Text2 {
  readonly zh: string
  readonly en: string
}

export type RegionLevel = 'city' | 'county' | 'town' | 'village'

/** A node of the region tree; codes have 6 digits (city, district), 9 (town) or 12 (village or community). */
export interface Region {
  readonly code: string
  readonly nameZh: string
  readonly nameEn: string
  readonly level: RegionLevel
  /** Code of the region above; null for the city. */
  readonly parent: string | null
  /** WGS 84 degrees; the city lies in the open sea, where no place is. */
  readonly longitude: number
  readonly latitude: number
}

/** Keys of the organisations, for telling them apart in code; the outside world knows them by `code`. */
export type OrganisationKey =
  | 'bureau' | 'market' | 'labour' | 'tax' | 'land' | 'health' | 'fund'
  | 'police' | 'civil' | 'transport' | 'ecology' | 'education' | 'finance'

export interface Organisation {
  readonly key: OrganisationKey
  /** Unified social credit code, 18 characters, both check characters right. */
  readonly code: string
  readonly nameZh: string
  readonly nameEn: string
  readonly shortZh: string
  readonly kind: 'bureau' | 'department'
  readonly regionCode: string
  readonly duties: readonly string[]
}

export type DemoRole =
  | 'steward' | 'provider' | 'consumer' | 'security' | 'sysadmin' | 'auditor' | 'leader' | 'developer'

export interface DemoUser {
  readonly username: string
  readonly nameZh: string
  readonly nameEn: string
  /** Code of the organisation; null for a member of the public. */
  readonly organisationCode: string | null
  readonly roles: readonly DemoRole[]
  readonly position: Text2
}

export type UpdateCycle = 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly'
export type SharingType = 'unconditional' | 'conditional' | 'not-shared'
export type OpeningType = 'open' | 'on-application' | 'closed'
export type DemoEncoding = 'utf-8' | 'utf-8-bom' | 'gb18030'

export interface DemoField {
  /** Chinese name, as the header row has it. */
  readonly name: string
  readonly titleEn: string
  /** One Chinese sentence or phrase. */
  readonly description: string
}

/** Everything about a table except its rows: what its owner would write into the catalogue. */
export interface TableDescription {
  readonly key: string
  readonly entryTitle: Text2
  readonly description: Text2
  readonly theme: string
  readonly keywords: readonly string[]
  readonly updateCycle: UpdateCycle
  readonly sharingType: SharingType
  readonly sharingCondition?: string
  /** The law, regulation or State Council document that a restriction rests on. */
  readonly legalBasis?: string
  readonly openingType: OpeningType
  readonly fields: readonly DemoField[]
  readonly file: { readonly name: string; readonly encoding: DemoEncoding; readonly delimiter: string }
}

/** The faults that are put into the tables on purpose. */
export type FaultKind =
  | 'citizen-number/check-digit' | 'citizen-number/fifteen-digits'
  | 'citizen-number/birth-date-disagrees' | 'citizen-number/sex-disagrees'
  | 'credit-code/check-character'
  | 'person/name-diverges' | 'person/many-accounts'
  | 'company/name-diverges' | 'company/address-diverges' | 'company/representative-diverges'
  | 'text/full-width' | 'text/trailing-space' | 'text/mojibake' | 'text/formula'
  | 'value/missing' | 'value/placeholder' | 'value/out-of-range'
  | 'date/other-format' | 'date/impossible' | 'period/reversed'
  | 'amount/unit-written' | 'reference/broken'
  | 'row/exact-duplicate' | 'row/near-duplicate' | 'row/ragged'

/** One fault that was put in: where (rows count from 1, after the header) and what stood there before. */
export interface InjectedFault {
  readonly kind: FaultKind
  readonly row: number
  /** Absent for faults of a whole row. */
  readonly field?: string
  readonly before?: string
}

export type FaultListener = (fault: InjectedFault) => void

export interface DemoTable extends TableDescription {
  /** Credit code of the owning organisation. */
  readonly owner: string
  /** The data rows, the same each time; the listener hears of each fault as its row goes by. */
  readonly rows: (onFault?: FaultListener) => Iterable<string[]>
}
