import { type FieldFigures, type RuleDefinition, type RuleResult, type VersionFigures } from '../rule.ts'

/** From this share of different values on a field was evidently meant to be unique. */
const ALMOST = 0.9

/** The fields that could be the key: filled in every row, and different in every row. Needs at least two rows. */
export const keyCandidates = ({ rowsStored, fields }: VersionFigures): FieldFigures[] =>
  rowsStored < 2
    ? []
    : fields.filter(
        ({ filled, distinct, distinctApproximate, type }) =>
          filled >= rowsStored && distinct === rowsStored && distinctApproximate !== true && type !== 'decimal' && type !== 'boolean',
      )

/** Whether rows can be told apart by one field; a field that almost can shows how many rows share a key. */
export const uniqueKey: RuleDefinition = {
  id: 'unique-key',
  dimension: 'accuracy',
  titleZh: '唯一标识',
  titleEn: 'Unique key',
  source: 'GB/T 36344-2018, 准确性：数据唯一性',
  weight: 1,
  messages: ['quality.unique-key.found', 'quality.unique-key.broken', 'quality.unique-key.none'],
  evaluate: (figures) => {
    const { rowsStored, fields } = figures
    const result = (score: number | null, failing: number, kind: string, field: FieldFigures | undefined): RuleResult[] => [
      {
        rule: 'unique-key',
        field: null,
        dimension: 'accuracy',
        score,
        checked: rowsStored,
        failing,
        message: `quality.unique-key.${kind}`,
        params: { key: field?.name ?? null, rows: rowsStored, failing },
      },
    ]
    const key = keyCandidates(figures)[0]
    if (key !== undefined) return result(1, 0, 'found', key)
    const broken = fields
      .filter(({ type, distinct, distinctApproximate }) => {
        const keyLike = type === 'text' || type === 'integer'
        return keyLike && distinct !== null && distinctApproximate !== true && rowsStored >= 2 && distinct / rowsStored >= ALMOST
      })
      .toSorted((a, b) => (b.distinct ?? 0) - (a.distinct ?? 0))[0]
    // Many good tables have keys of several fields: without a field that almost is one there is nothing to blame.
    if (broken === undefined) return result(null, 0, 'none', undefined)
    const failing = Math.max(0, rowsStored - (broken.distinct ?? 0))
    return result(1 - failing / rowsStored, failing, 'broken', broken)
  },
}
