import type { Actor } from '@datong/contracts'
import { type CodeList, type CodeListVersion, type DataElement, versionAt } from '@datong/standards'
import type { ListBody, StandardKind, StandardState } from '../tables.ts'

/** The first day of what came with the program: it is shown as "since the installation". */
export const SEED_DAY = '1990-01-01'

/** A published version; `from` is its first day. */
export interface ItemVersion<Content> {
  readonly version: number
  readonly label: string
  readonly from: string
  readonly content: Content
  readonly reason: string
  readonly publishedAt: Date | null
  readonly publishedBy: Actor | null
}

interface ItemHead {
  readonly id: string
  readonly state: StandardState
  /** Number of the newest version; 0 for a draft. */
  readonly version: number
  readonly abolishedFrom: string | null
  readonly replacedBy: string | null
  /** 0: the program's seed, never changed. */
  readonly revision: number
}

export interface ElementItem extends ItemHead {
  /** The newest published content, or the draft. */
  readonly body: DataElement
  readonly proposal: DataElement | null
  readonly versions: readonly ItemVersion<DataElement>[]
}

export interface ListItem extends ItemHead {
  readonly body: ListBody
  readonly versions: readonly (ItemVersion<CodeListVersion> & CodeListVersion)[]
}

export const keyOf = (kind: StandardKind, id: string): string => `${kind}/${id}`

export const seedElement = (element: DataElement): ElementItem => ({
  id: element.id, state: 'published', version: 1, abolishedFrom: null, replacedBy: null, revision: 0, body: element, proposal: null,
  versions: [{ version: 1, label: '1', from: SEED_DAY, content: element, reason: '', publishedAt: null, publishedBy: null }],
})

export const seedList = ({ versions, ...body }: CodeList): ListItem => ({
  id: body.id, state: 'published', version: versions.length, abolishedFrom: null, replacedBy: null, revision: 0, body,
  versions: versions.map((one, index) => ({ ...one, version: index + 1, content: one, reason: '', publishedAt: null, publishedBy: null })),
})

/** The content of an element in force on a day; undefined before it was published and after it was abolished. */
export function elementAt(item: ElementItem, day: string): DataElement | undefined {
  if (item.abolishedFrom !== null && item.abolishedFrom <= day) return undefined
  return versionAt(item.versions, day)?.content
}

/** The versions that count: one that holds a part only stands in until there is a whole one. */
export function versionsOf({ versions }: ListItem): ListItem['versions'] {
  const whole = versions.filter(({ partial }) => partial !== true)
  return whole.length > 0 ? whole : versions
}

/** The codes in force on a day; abolished lists keep theirs for the days before. */
export function listAt(item: ListItem, day: string): (CodeListVersion & { readonly version: number }) | undefined {
  if (item.abolishedFrom !== null && item.abolishedFrom <= day) return undefined
  return versionAt(versionsOf(item), day)
}
