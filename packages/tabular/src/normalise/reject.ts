/** Why a record could not become a row. */
export const REJECT_CODES = [
  'too-few-fields',
  'too-many-fields',
  'undecodable',
  'nul-byte',
  'unterminated-quote',
  'record-too-large',
  'not-an-object',
  'invalid-json',
] as const
export type RejectCode = (typeof REJECT_CODES)[number]

/** A record that was left out. */
export interface Reject {
  /** Physical line of its first byte in the source, from 1 (row of the sheet, place in the JSON array). */
  readonly line: number
  readonly reasonCode: RejectCode
  /** One English sentence with the figures. */
  readonly detail: string
  /** The record as text, at most 500 characters; undecodable bytes show as U+FFFD. */
  readonly excerpt: string
}

export const EXCERPT_CHARACTERS = 500
