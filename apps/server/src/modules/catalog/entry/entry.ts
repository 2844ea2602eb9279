import type {
  EntryLink, EntryState, Fault, Field, Origin, Relation, RESOURCE_FORMATS, SHARING_WAYS, Spatial, Temporal, VISIBILITIES, Withdrawal,
} from '@datong/contracts'
import { type Grade, stricter } from '@datong/kernel'

export type ResourceFormat = (typeof RESOURCE_FORMATS)[number]
export type SharingWay = (typeof SHARING_WAYS)[number]
export type Visibility = (typeof VISIBILITIES)[number]

/** A catalogue entry as the module's own code sees it. */
export interface EntryRecord {
  readonly code: string
  readonly organisation: string
  readonly title: string
  readonly titleEn: string | null
  readonly summary: string
  readonly theme: string
  /** 类 项 目 细目: the code's part before the hyphen. */
  readonly classification: string
  readonly resourceFormat: ResourceFormat
  readonly keywords: readonly string[]
  readonly state: EntryState
  readonly sharingType: 'unconditional' | 'conditional' | 'not-shared' | null
  readonly sharingCondition: string
  readonly sharingWays: readonly SharingWay[]
  readonly legalBasis: string
  readonly openingType: 'open' | 'on-application' | 'closed' | null
  readonly openingCondition: string
  readonly updateCycle: string
  readonly licence: string
  readonly contact: string
  readonly contactPhone: string
  readonly contactEmail: string
  readonly spatial: Spatial | null
  readonly temporal: Temporal | null
  /** How this entry stands to others; the inverse ones are found by `relatedTo`. */
  readonly relations: readonly Relation[]
  /** Distributions kept elsewhere. */
  readonly links: readonly EntryLink[]
  /** Where a harvested entry comes from. */
  readonly origin: Origin | null
  readonly visibility: Visibility
  /** Organisations that see an entry of visibility `named`. */
  readonly visibleTo: readonly string[]
  readonly grade: Grade
  readonly fields: readonly Field[]
  readonly revision: number
  readonly version: number | null
  readonly rowCount: number | null
  readonly stars: number | null
  readonly createdAt: Date
  readonly changedAt: Date
  readonly publishedAt: Date | null
  readonly reviewDueAt: Date | null
  readonly dataUpdatedAt: Date | null
  /** From the update cycle and `dataUpdatedAt`; null where nothing is due. Kept by the store. */
  readonly nextUpdateDueAt: Date | null
  /** Share of the fields that conform to a data element. */
  readonly conformity: number | null
  /** What was missing when it was returned; empty in all other states. */
  readonly faults: readonly Fault[]
  /** The announced end of a published entry, or how it ended. */
  readonly withdrawal: Withdrawal | null
}

/** The grade of an entry is the strictest of its fields; an entry without fields is internal until something is known. */
export const gradeOf = (fields: readonly Field[]): Grade =>
  fields.length === 0 ? 'internal' : fields.map((field) => field.grade).reduce(stricter)

/** `306007-000123` as people write it: `306007/000123`. */
export const displayCode = (code: string): string => code.replace('-', '/')

/** 类 项 目 细目 of an entry's code. */
export const classificationOf = (code: string): string => code.slice(0, code.indexOf('-'))

/** What is known of an entry before anybody described it. A file that is loaded is delivered through the platform's own doors. */
export const EMPTY_DESCRIPTION = {
  titleEn: null, summary: '', theme: 'other', resourceFormat: 'spreadsheet', keywords: [], state: 'draft', sharingType: null, sharingCondition: '',
  sharingWays: ['interface', 'file'], legalBasis: '', openingType: null, openingCondition: '', updateCycle: 'irregular', licence: 'CC-BY-4.0', contact: '',
  contactPhone: '', contactEmail: '', spatial: null, temporal: null, relations: [], links: [], origin: null, visibility: 'all', visibleTo: [], grade: 'internal',
  fields: [], revision: 0, version: null, rowCount: null, stars: null, publishedAt: null, reviewDueAt: null, dataUpdatedAt: null, nextUpdateDueAt: null,
  conformity: null, faults: [], withdrawal: null,
} as const satisfies Omit<EntryRecord, 'code' | 'organisation' | 'title' | 'classification' | 'createdAt' | 'changedAt'>
