import type { SearchWord } from '@datong/contracts'
import { type Db, notify, type Trx, withTables } from '@datong/metadata-store'
import type { Generated, Selectable } from 'kysely'
import { type SearchWords, WORDS_CHANNEL } from './live-index.ts'

interface SearchWordTable {
  id: Generated<number>
  kind: 'word' | 'synonym'
  phrases: string[]
  shipped: boolean
  changed_at: Date
  changed_by: string
}

interface WordTables {
  'catalog.search_word': SearchWordTable
}

const wordOf = ({ id, kind, phrases, shipped, changed_at, changed_by }: Selectable<SearchWordTable>): SearchWord =>
  ({ id, kind, phrases, shipped, changedAt: changed_at.toISOString(), changedBy: changed_by })

/** SQL of the search's dictionary. */
export function createWordsStore(db: Db) {
  const tables = withTables<WordTables>(db)
  const list = async (): Promise<SearchWord[]> => (await tables.selectFrom('catalog.search_word').selectAll().orderBy('id', 'desc').execute()).map(wordOf)
  return {
    list,

    /** As the index uses them. */
    async all(): Promise<SearchWords> {
      const words = await list()
      const of = (kind: SearchWord['kind']): string[][] => words.filter((word) => word.kind === kind).map(({ phrases }) => phrases)
      return { words: [...new Set(of('word').flat())].sort(), synonyms: of('synonym') }
    },

    async insert(trx: Trx, word: { kind: 'word' | 'synonym'; phrases: readonly string[]; at: Date; by: string }): Promise<SearchWord> {
      const row = await withTables<WordTables>(trx).insertInto('catalog.search_word')
        .values({ kind: word.kind, phrases: [...word.phrases], shipped: false, changed_at: word.at, changed_by: word.by }).returningAll().executeTakeFirstOrThrow()
      await notify(trx, WORDS_CHANNEL, '')
      return wordOf(row)
    },

    async remove(trx: Trx, id: number): Promise<SearchWord | undefined> {
      const row = await withTables<WordTables>(trx).deleteFrom('catalog.search_word').where('id', '=', id).returningAll().executeTakeFirst()
      if (row !== undefined) await notify(trx, WORDS_CHANNEL, '')
      return row && wordOf(row)
    },
  }
}

export type WordsStore = ReturnType<typeof createWordsStore>
