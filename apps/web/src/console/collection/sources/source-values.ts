import type { BodyOf, DriftPolicy, operations, Source, SourceFromView, SourceMode } from '@datong/contracts'
import { scheduleOf, scheduleValues, type ScheduleValues } from './schedule-item.tsx'
import { filled } from './setting-schema.ts'

/** What the form of a source holds. */
export interface SourceValues {
  readonly name: string
  readonly kind: string
  readonly settings?: Readonly<Record<string, unknown>>
  readonly secrets?: Readonly<Record<string, unknown>>
  readonly by: 'object' | 'query'
  readonly object?: string
  readonly query?: string
  readonly mode: SourceMode
  readonly markColumn?: string | null
  readonly keyColumns?: readonly string[]
  readonly drift: DriftPolicy
  readonly schedule: ScheduleValues
  readonly entryCode?: string
  readonly entryTitle?: string
}

/** What a kind without a list of objects reads: all that it has. */
const ALL = 'files'

export const fromOf = ({ by, object, query }: Pick<SourceValues, 'by' | 'object' | 'query'>): SourceFromView => (by === 'query' ? { query: query ?? '' } : { object: object?.trim() || ALL })

export const valuesOf = (source: Source): SourceValues => ({
  name: source.name, kind: source.kind, settings: source.settings, by: 'query' in source.from ? 'query' : 'object',
  ...('query' in source.from ? { query: source.from.query } : { object: source.from.object }),
  mode: source.mode, markColumn: source.markColumn, keyColumns: source.keyColumns, drift: source.drift, schedule: scheduleValues(source.schedule),
})

const secretsOf = (values: SourceValues): Record<string, string> => Object.fromEntries(Object.entries(filled(values.secrets)).map(([name, value]) => [name, String(value)]))

/** How the source is reached, with secrets as far as they were typed. */
export function reachOf(values: SourceValues, source: Source | undefined): BodyOf<typeof operations.testSource> {
  const secrets = secretsOf(values)
  const isTyped = Object.keys(secrets).length > 0 || source === undefined
  return { kind: values.kind, settings: filled(values.settings), ...(isTyped ? { secrets } : {}), ...(source === undefined ? {} : { sourceId: source.id }) }
}

const common = (values: SourceValues) => ({
  name: values.name.trim(), settings: filled(values.settings), from: fromOf(values), mode: values.mode, drift: values.drift, schedule: scheduleOf(values.schedule),
  markColumn: values.mode === 'incremental' ? (values.markColumn?.trim() || null) : null, keyColumns: values.mode === 'full' ? [] : [...(values.keyColumns ?? [])],
})

export const newSource = (values: SourceValues): BodyOf<typeof operations.createSource> => ({
  ...common(values), kind: values.kind, secrets: secretsOf(values),
  ...(values.entryCode ? { entryCode: values.entryCode } : { entryTitle: values.entryTitle?.trim() || values.name.trim() }),
})

export function changedSource(values: SourceValues, revision: number): BodyOf<typeof operations.changeSource> {
  const secrets = secretsOf(values)
  return { ...common(values), ...(Object.keys(secrets).length > 0 ? { secrets } : {}), revision }
}
