/**
 * The types a field can have, everywhere: inference, lake, serving tables, catalogue, wire.
 * `integer` is within ±2^53−1; longer digit strings are `text`, so that no digit is ever lost in JSON.
 * `decimal` carries precision and scale in the field. `date` is a calendar date, `datetime` a time without zone.
 */
export const FIELD_TYPES = ['text', 'integer', 'decimal', 'boolean', 'date', 'datetime'] as const
export type FieldType = (typeof FIELD_TYPES)[number]
