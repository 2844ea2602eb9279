import type { FieldType } from '@datong/kernel'

/** One column of a version. `precision` and `scale` are set for decimals and count digits. */
export interface FieldSchema {
  readonly name: string
  readonly type: FieldType
  readonly precision?: number
  readonly scale?: number
  readonly nullable: boolean
}

/** A value as the engine gives it out: dates as `YYYY-MM-DD`, times as `YYYY-MM-DD HH:MM:SS`, decimals of more than 15 digits as text. */
export type CellValue = string | number | boolean | null
