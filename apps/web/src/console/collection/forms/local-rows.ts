import type { FormIssue, FormRow } from '@datong/contracts'

/** A row on the screen: one that is kept, or one that is not yet. */
export interface LocalRow {
  readonly key: string
  readonly id: string | null
  readonly values: Readonly<Record<string, string>>
  readonly issues: readonly FormIssue[]
  readonly isChanged: boolean
}

let made = 0
export const newRow = (values: LocalRow['values'] = {}): LocalRow => ({ key: `new-${++made}`, id: null, values, issues: [], isChanged: Object.keys(values).length > 0 })

export const localRows = (rows: readonly FormRow[]): LocalRow[] => rows.map(({ id, values, issues }) => ({ key: id, id, values, issues, isChanged: false }))

/** A cell was typed into: what was wrong with it is to be seen anew. */
export const withValue = (row: LocalRow, name: string, value: string): LocalRow =>
  ({ ...row, values: { ...row.values, [name]: value }, issues: row.issues.filter(({ field }) => field !== name), isChanged: true })

/** Rows put over those from a place on; what goes beyond the last becomes new rows. */
export function withRows(rows: readonly LocalRow[], at: number, pasted: readonly LocalRow['values'][]): LocalRow[] {
  const over = rows.map((row, index) => {
    const values = pasted[index - at]
    return values === undefined ? row : Object.entries(values).reduce((one, [name, value]) => withValue(one, name, value), row)
  })
  return [...over, ...pasted.slice(Math.max(0, rows.length - at)).map((values) => newRow(values))]
}
