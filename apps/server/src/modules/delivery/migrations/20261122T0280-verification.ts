import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

const range = (first: number, last: number): string => String.fromCharCode(...Array.from({ length: last - first + 1 }, (_, index) => first + index))

/** Blanks, zero-width characters, hyphens, dots, and the full-width ones of them. */
const DROPPED = [
  range(0x09, 0x0d), ' \u00a0\u1680', range(0x2000, 0x200d), '\u2028\u2029\u202f\u205f\u2060\u3000\ufeff', '-.\u00b7\u2022', range(0x2010, 0x2015), '\uff0d\uff0e',
].join('')
const FULL_WIDTH = [...range(0xff01, 0xff5e)].filter((char) => !DROPPED.includes(char)).join('')
const HALF_WIDTH = [...FULL_WIDTH].map((char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0).toUpperCase()).join('')
const SMALL = 'abcdefghijklmnopqrstuvwxyz'

/**
 * `serving.lookup_key` writes an identifying number in the form under which it is indexed: half width, capitals, without
 * blanks, hyphens and dots, and 18 characters of a citizen number as the 15 of the first generation, so that both are
 * found. Different numbers may share a key; the rows found are compared in full. Indexes hold its results, so it must
 * never change; the same in TypeScript is `verification/forms.ts`, and a test holds them together.
 */
export const verificationMigration: Migration = {
  name: '20261122T0280-verification',
  async up(db) {
    const from = sql.lit(SMALL + FULL_WIDTH + DROPPED)
    const to = sql.lit(SMALL.toUpperCase() + HALF_WIDTH)
    // Not `strict`, and one expression: PostgreSQL then puts it in the place of the call.
    await sql`create function serving.lookup_key(value text) returns text language sql immutable parallel safe as $$
      select regexp_replace(case when value ~ '^[0-9A-Z]*$' then value else translate(value, ${from}, ${to}) end, '^([0-9]{6})[0-9]{2}([0-9]{9})[0-9X]$', '\\1\\2')
    $$`.execute(db)
  },
}
