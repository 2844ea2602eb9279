import type { FieldProfileView, Quality } from '@datong/contracts'
import type { FieldProfile, Value } from '@datong/data-engine'
import type { VersionQuality } from './quality-store.ts'
import type { OutcomeWithRule } from './rules/outcome-store.ts'

const text = (value: Value): string | null => (value === null ? null : String(value))

/**
 * The profile of a field. @param open whether the reader may see values; otherwise everything that shows or narrows down
 * values is left out, and only counts and lengths remain
 */
export const viewProfile = (profile: FieldProfile, open: boolean): FieldProfileView => ({
  name: profile.name,
  type: profile.type,
  rows: profile.rows,
  filled: profile.filled,
  distinct: profile.distinct,
  distinctApproximate: !profile.exact,
  min: open ? text(profile.min) : null,
  max: open ? text(profile.max) : null,
  minLength: profile.length?.min ?? null,
  maxLength: profile.length?.max ?? null,
  mean: open ? (profile.numbers?.mean ?? null) : null,
  standardDeviation: open ? (profile.numbers?.standardDeviation ?? null) : null,
  top: open ? profile.frequent.map(({ value, count }) => ({ value: String(value), count })) : [],
  patterns: open ? [...(profile.patterns ?? [])] : [],
  histogram: open ? [...(profile.numbers?.histogram ?? [])] : [],
  hidden: !open,
})

/**
 * The figures of a version: what every version is checked for, and what the rules of the entry found, which stand in the place of the
 * same check of the same field. Of rules only counts: their words are for officers.
 */
export const viewQuality = (row: VersionQuality, outcomes: readonly OutcomeWithRule[]): Quality => ({
  version: row.version,
  checkedAt: row.checked_at.toISOString(),
  overall: row.overall,
  stars: row.stars,
  dimensions: row.dimensions,
  results: [
    ...row.results.filter(({ rule, field }) => !outcomes.some((one) => one.score !== null && one.kind === rule && one.field === field))
      .map(({ rule, field, dimension, score, checked, failing, params }) => ({ rule, field, dimension, score, checked, failing, params: { ...params } })),
    ...outcomes.filter(({ score }) => score !== null).map(({ kind, field, dimension, score, checked, failed, doubtful, params }) => ({
      rule: kind, field, dimension, score, checked, failing: failed,
      params: { ...Object.fromEntries(Object.entries(params).filter(([, value]) => typeof value === 'number')), ...(doubtful > 0 ? { doubtful } : {}) },
    })),
  ],
})
