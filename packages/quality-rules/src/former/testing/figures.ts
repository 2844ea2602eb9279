import type { FieldFigures, VersionFigures } from '../rule.ts'

/** A field in which 100 of 100 rows are filled and different, unless told otherwise. */
export const aField = (given: Partial<FieldFigures> = {}): FieldFigures => ({
  name: '编号',
  type: 'text',
  filled: 100,
  distinct: 100,
  top: [],
  ...given,
})

/** A clean version of 100 rows that was loaded today. */
export const aVersion = (given: Partial<VersionFigures> = {}): VersionFigures => ({
  rowsStored: 100,
  rowsRejected: 0,
  fields: [aField()],
  loadedAt: new Date('2026-11-01T00:00:00Z'),
  updateCycleDays: 30,
  now: new Date('2026-11-01T08:00:00Z'),
  ...given,
})
