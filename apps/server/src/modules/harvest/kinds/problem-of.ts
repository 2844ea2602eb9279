import type { ProblemRow } from '../tables.ts'

const MOST = 300

const words = (value: unknown): string | null => (typeof value === 'string' ? value.toWellFormed().replaceAll('\u0000', '').slice(0, MOST) : null)

/** A record that has no identifier or no title, with what it does have. */
export function problemOf(value: unknown): ProblemRow {
  const { id = null, identifier = id, name = null, title = name } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown> // any names may be there
  const missing = words(identifier) === null || words(identifier) === '' ? 'identifier' : 'title'
  return { identifier: words(identifier), title: words(title), code: `missing-${missing}`, detail: '' }
}
