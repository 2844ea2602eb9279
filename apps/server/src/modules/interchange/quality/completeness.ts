import type { EntryRecord } from '../../catalog/index.ts'

interface Item {
  readonly id: string
  /** Absent: always. */
  readonly applies?: (entry: EntryRecord) => boolean
  readonly filled: (entry: EntryRecord) => boolean
}

const said = (words: string | null): boolean => words !== null && words.trim() !== ''

/**
 * Core metadata of an entry (核心元数据) and when each applies.
 * @see 《政务信息资源目录编制指南（试行）》, part 3
 */
const ITEMS: readonly Item[] = [
  { id: 'title', filled: ({ title }) => said(title) },
  { id: 'summary', filled: ({ summary }) => said(summary) },
  { id: 'classification', filled: ({ classification }) => said(classification) },
  { id: 'theme', filled: ({ theme }) => theme !== 'other' },
  { id: 'keywords', filled: ({ keywords }) => keywords.length > 0 },
  { id: 'resource-format', filled: ({ resourceFormat }) => resourceFormat !== 'other' },
  { id: 'fields', filled: ({ fields }) => fields.length > 0 },
  { id: 'field-descriptions', applies: ({ fields }) => fields.length > 0, filled: ({ fields }) => fields.every(({ description }) => said(description)) },
  { id: 'sharing-type', filled: ({ sharingType }) => sharingType !== null },
  { id: 'sharing-condition', applies: ({ sharingType }) => sharingType === 'conditional', filled: ({ sharingCondition }) => said(sharingCondition) },
  { id: 'sharing-ways', applies: ({ sharingType }) => sharingType !== 'not-shared', filled: ({ sharingWays }) => sharingWays.length > 0 },
  { id: 'legal-basis', applies: ({ sharingType }) => sharingType === 'not-shared', filled: ({ legalBasis }) => said(legalBasis) },
  { id: 'opening-type', filled: ({ openingType }) => openingType !== null },
  { id: 'opening-condition', applies: ({ openingType }) => openingType === 'on-application', filled: ({ openingCondition }) => said(openingCondition) },
  { id: 'update-cycle', filled: ({ updateCycle }) => said(updateCycle) },
  { id: 'contact', filled: ({ contact }) => said(contact) },
  { id: 'contact-way', filled: ({ contactPhone, contactEmail }) => said(contactPhone) || said(contactEmail) },
  { id: 'licence', applies: ({ openingType }) => openingType !== 'closed', filled: ({ licence }) => said(licence) },
  { id: 'spatial', filled: ({ spatial }) => spatial !== null },
  { id: 'temporal', filled: ({ temporal }) => temporal !== null && (temporal.from !== null || temporal.to !== null) },
]

/** The share of the core metadata that apply and are filled in: filled ÷ applicable, all alike; and those that are not. */
export function completenessOf(entry: EntryRecord): { readonly share: number; readonly missing: string[] } {
  const applicable = ITEMS.filter(({ applies }) => applies?.(entry) ?? true)
  const missing = applicable.filter(({ filled }) => !filled(entry)).map(({ id }) => id)
  return { share: Math.round((1 - missing.length / applicable.length) * 1_000) / 1_000, missing }
}
