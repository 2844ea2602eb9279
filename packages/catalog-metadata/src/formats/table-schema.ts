import type { FieldType } from '@datong/kernel'

/** Types of fields in Frictionless Table Schema and in CSV on the Web, with the form that our CSV files have. */
export const TABLE_TYPES: Readonly<Record<FieldType, { readonly frictionless: string; readonly csvw: string }>> = {
  text: { frictionless: 'string', csvw: 'string' },
  integer: { frictionless: 'integer', csvw: 'integer' },
  decimal: { frictionless: 'number', csvw: 'decimal' },
  boolean: { frictionless: 'boolean', csvw: 'boolean' },
  date: { frictionless: 'date', csvw: 'date' },
  datetime: { frictionless: 'datetime', csvw: 'datetime' },
}
