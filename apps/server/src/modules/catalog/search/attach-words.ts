import type { Trx } from '@datong/metadata-store'
import { sql } from 'kysely'

/** Longest text of an entry's attachments that is indexed, in characters. */
const MOST_CHARACTERS = 100_000

/** Says what words the attachments of an entry have; the search takes them when the transaction commits. */
export async function attachWords(trx: Trx, code: string, words: string): Promise<void> {
  const kept = words.slice(0, MOST_CHARACTERS).toWellFormed()
  if (kept === '') await sql`delete from catalog.attached_words where code = ${code}`.execute(trx)
  else await sql`insert into catalog.attached_words (code, words) values (${code}, ${kept}) on conflict (code) do update set words = excluded.words`.execute(trx)
  // The index looks at what was written: the row is written again as it is.
  await sql`update catalog.entry set code = code where code = ${code}`.execute(trx)
}
