import { createHash } from 'node:crypto'
import type { RowsSummary } from './connector.ts'

const HALF = 2 ** 28

/**
 * Sums up rows so that their order does not matter and each copy counts: of each row's text form (each field its length in bytes of
 * UTF-8, a colon and its text, or `-` for null) the first 56 bits of SHA-256, added up. Databases do the same in SQL.
 */
export function createRowsDigest(): { add(row: readonly (string | null)[]): void; sum(): RowsSummary } {
  let rows = 0
  let total = 0n
  // Two halves of 28 bits stay exact in doubles for 2^25 rows.
  let high = 0
  let low = 0
  const carry = (): void => {
    total += BigInt(high) * BigInt(HALF) + BigInt(low)
    high = 0
    low = 0
  }
  return {
    add(row) {
      const digest = createHash('sha256').update(textOf(row)).digest()
      high += digest.readUIntBE(0, 4) >>> 4
      low += ((digest[3] ?? 0) & 15) * 2 ** 24 + digest.readUIntBE(4, 3)
      if (++rows % 2 ** 24 === 0) carry()
    },
    sum() {
      carry()
      return { rows, hash: String(total) }
    },
  }
}

function textOf(row: readonly (string | null)[]): string {
  let text = ''
  for (const field of row) text += field === null ? '-' : `${Buffer.byteLength(field)}:${field}`
  return text
}
