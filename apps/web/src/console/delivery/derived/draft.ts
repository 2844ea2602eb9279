import type { DerivedDefinition } from '@datong/contracts'

export type Operator = DerivedDefinition['filters'][number]['op']
export interface JoinPair {
  readonly field: string
  readonly source: number
  readonly with: string
}
export interface SourceDraft {
  readonly entryCode: string
  /** Ignored for the first, which is joined to nothing. */
  readonly kind: 'inner' | 'left'
  readonly on: readonly JoinPair[]
  readonly columns: readonly string[]
}
export interface FilterDraft {
  readonly source: number
  readonly field: string
  readonly op: Operator
  readonly by: 'value' | 'parameter'
  /** The fixed value, or the parameter's name. */
  readonly text: string
  readonly required: boolean
  readonly description: string
}

/** A derived interface while it is being written. */
export interface Draft {
  readonly sources: readonly SourceDraft[]
  readonly filters: readonly FilterDraft[]
  readonly limit: number
}

export const newSource = (entryCode = ''): SourceDraft => ({ entryCode, kind: 'inner', on: [{ field: '', source: 0, with: '' }], columns: [] })
export const newFilter: FilterDraft = { source: 0, field: '', op: 'eq', by: 'parameter', text: '', required: true, description: '' }
export const emptyDraft: Draft = { sources: [newSource()], filters: [], limit: 100 }

/** The query as the server takes it. Columns of the same name in several inputs get the number of the input behind them. */
export function definitionOf({ sources, filters, limit }: Draft): DerivedDefinition {
  const taken = new Set<string>()
  const select = sources.flatMap(({ columns }, source) => columns.map((field) => {
    const as = taken.has(field) ? `${field}_${source + 1}` : field
    taken.add(as)
    return { source, field, ...(as === field ? {} : { as }) }
  }))
  const parameters = new Map(filters.filter(({ by }) => by === 'parameter').map(({ text, required, description }) => [text.trim(), { name: text.trim(), required, description: description.trim() }]))
  return {
    sources: sources.map(({ entryCode, kind, on }, index) => ({ entryCode, ...(index === 0 ? {} : { join: { kind, on: on.map((pair) => ({ ...pair })) } }) })),
    select,
    filters: filters.map(({ source, field, op, by, text }) => ({ source, field, op, ...(by === 'parameter' ? { parameter: text.trim() } : { value: text }) })),
    parameters: [...parameters.values()],
    limit,
  }
}

/** What is to be edited of a definition that was saved. */
export function draftOf({ sources, select, filters, parameters, limit }: DerivedDefinition): Draft {
  const known = new Map(parameters.map((one) => [one.name, one]))
  return {
    sources: sources.map(({ entryCode, join }, index) => ({
      entryCode, kind: join?.kind ?? 'inner', on: join?.on ?? newSource().on, columns: select.filter(({ source }) => source === index).map(({ field }) => field),
    })),
    filters: filters.map(({ source, field, op, value, parameter }) => ({
      source, field, op, by: parameter === undefined ? 'value' as const : 'parameter' as const, text: parameter ?? value ?? '',
      required: known.get(parameter ?? '')?.required ?? true, description: known.get(parameter ?? '')?.description ?? '',
    })),
    limit,
  }
}

/** What still has to be filled in before it can be saved. */
export function missingIn({ sources, filters }: Draft): 'source' | 'join' | 'columns' | 'filter' | null {
  if (sources.some(({ entryCode }) => entryCode === '')) return 'source'
  if (sources.some(({ on }, index) => index > 0 && on.some((pair) => pair.field === '' || pair.with === ''))) return 'join'
  if (sources.every(({ columns }) => columns.length === 0)) return 'columns'
  return filters.some(({ field, text }) => field === '' || text.trim() === '') ? 'filter' : null
}
