import type { BodyOf, DeliveryForm, Entry, Grant, operations } from '@datong/contracts'
import type { FieldType } from '@datong/kernel'

export type ApplyBody = BodyOf<typeof operations.apply>
type RowFilter = NonNullable<ApplyBody['filter']>

/** A row condition as it was typed. */
export interface TypedCondition {
  readonly field: string
  readonly op: string
  readonly value: string
}

/** What is wanted of one entry. */
export interface EntryWishes {
  readonly fields: readonly string[]
  readonly filter: readonly TypedCondition[]
  /** Coarser form wanted instead of the value, by field: the words that the deciding people will read. */
  readonly coarser: Readonly<Record<string, string>>
  /** Masking methods that give those forms, where one does. */
  readonly masking?: Readonly<Record<string, string>>
  /** The one version that is wanted for ever; without it each new one. */
  readonly version?: number | undefined
}

/** What is wanted for all entries of one go; null is nothing chosen. Dates as `2026-11-22`. */
export interface Wishes {
  readonly purposeCode: string | null
  readonly purpose: string
  readonly use: string
  readonly legalBasis: string
  readonly delivery: DeliveryForm
  readonly until: string
  readonly appId: string | null
  readonly perSecond: number | null
  readonly perDay: number | null
  readonly of: Readonly<Record<string, EntryWishes>>
}

/** The grant that is to be renewed or changed. */
export interface GrantLink {
  readonly kind: 'renewal' | 'change'
  readonly grant: Grant
}

interface PurposeWords {
  /** Name of the purpose from the catalogue, when one was chosen. */
  readonly name?: string | undefined
  /** Beginning of the sentence about coarser forms. */
  readonly coarser: string
}

export const nothingOf: EntryWishes = { fields: [], filter: [], coarser: {} }

/** A typed value as the field's type; what does not fit stays text, and the server says so. */
function valueOf(type: FieldType | undefined, text: string): string | number | boolean {
  const trimmed = text.trim()
  if ((type === 'integer' || type === 'decimal') && trimmed !== '' && Number.isSafeInteger(Math.trunc(Number(trimmed)))) return Number(trimmed)
  if (type === 'boolean') return ['true', '1', '是', 'yes'].includes(trimmed.toLowerCase())
  return trimmed
}

function filterOf(entry: Pick<Entry, 'fields'>, conditions: readonly TypedCondition[]): RowFilter {
  return conditions.map(({ field, op, value }) => {
    const type = entry.fields.find((one) => one.name === field)?.type
    const list = (): (string | number)[] => value.split(/[,，、]/).filter((part) => part.trim() !== '').map((part) => valueOf(type, part)).map((one) => (typeof one === 'boolean' ? String(one) : one))
    return { field, op: op as RowFilter[number]['op'], value: op === 'in' ? list() : valueOf(type, value) } // chosen from `OPERATORS`
  })
}

/** The words that say what for: the matter itself (or the name from the catalogue), and which fields would do in a coarser form. */
export function purposeText(wishes: Wishes, code: string, words: PurposeWords): string {
  const own = wishes.purpose.trim()
  const named = own === '' ? (words.name ?? '') : own
  const { coarser = {}, fields = [] } = wishes.of[code] ?? nothingOf
  const forms = Object.entries(coarser).filter(([field]) => fields.includes(field)).map(([field, form]) => `${field}→${form}`)
  return [named, ...(forms.length > 0 ? [`${words.coarser}${forms.join('；')}`] : [])].join('\n')
}

/** What is sent for one entry; parts that are still empty are left out, so that a preview can be asked for at any time. */
export function bodyOf(entry: Pick<Entry, 'code' | 'fields'>, wishes: Wishes, words: PurposeWords, link?: GrantLink): Partial<ApplyBody> & Pick<ApplyBody, 'entryCode' | 'fields'> {
  const { fields, filter, masking = {}, version } = wishes.of[entry.code] ?? nothingOf
  const masks = Object.entries(masking).filter(([name]) => fields.includes(name))
  const purpose = purposeText(wishes, entry.code, words)
  const { appId, perSecond, perDay, until } = wishes
  return {
    entryCode: entry.code,
    fields: [...fields],
    delivery: wishes.delivery,
    ...(masks.length > 0 ? { masking: Object.fromEntries(masks) } : {}),
    ...(filter.length > 0 ? { filter: filterOf(entry, filter) } : {}),
    ...(version === undefined ? {} : { versionRule: { kind: 'fixed' as const, version } }),
    ...(wishes.purposeCode ? { purposeCode: wishes.purposeCode } : {}),
    ...(purpose ? { purpose } : {}),
    ...(wishes.use.trim() ? { use: wishes.use.trim() } : {}),
    ...(wishes.legalBasis.trim() ? { legalBasis: wishes.legalBasis.trim() } : {}),
    ...(until ? { until } : {}),
    ...(appId ? { appId } : {}),
    ...(perSecond && perDay ? { quota: { perSecond, perDay } } : {}),
    ...(link ? { [link.kind === 'renewal' ? 'renews' : 'changes']: link.grant.id } : {}),
  }
}

const shown = (value: RowFilter[number]['value']): string => (Array.isArray(value) ? value.join(',') : String(value))

/** The wishes that repeat a grant, to be renewed or changed. */
export function wishesOfGrant(grant: Grant, application: { readonly purpose: string; readonly purposeCode?: string | null; readonly use: string; readonly legalBasis: string; readonly delivery: DeliveryForm } | undefined): Omit<Wishes, 'until'> {
  return {
    purposeCode: application?.purposeCode ?? null, purpose: application?.purpose ?? grant.purpose, use: application?.use ?? grant.appName, legalBasis: application?.legalBasis ?? '',
    delivery: application?.delivery ?? 'api', appId: grant.appId, perSecond: grant.quota.perSecond, perDay: grant.quota.perDay,
    of: { [grant.entryCode]: { fields: grant.fields.map(({ name }) => name), filter: grant.filter.map(({ field, op, value }) => ({ field, op, value: shown(value) })), coarser: {}, ...(grant.versionRule.kind === 'fixed' ? { version: grant.versionRule.version } : {}) } },
  }
}

/** Comparisons that fit a type of field. */
export function operatorsOf(type: FieldType): readonly string[] {
  if (type === 'boolean') return ['eq']
  if (type === 'text') return ['eq', 'ne', 'in', 'like']
  return ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'in']
}
