import { fold } from '@datong/catalog-search'
import type { BodyOf, operations, SearchWord } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { inTransaction, type Trx } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import type { CatalogContext } from '../context.ts'
import type { WordsStore } from './words-store.ts'

const invalid = (code: string, message: string): AppError => new AppError('catalog/invalid-search-word', {}, [{ pointer: '/phrases', code, message }])

/** @throws AppError `catalog/invalid-search-word` */
export async function addSearchWord(context: CatalogContext, words: WordsStore, { kind, phrases }: BodyOf<typeof operations.addSearchWord>, caller: Caller): Promise<SearchWord> {
  const trimmed = [...new Set(phrases.map((phrase) => phrase.trim().replace(/\s+/g, ' ')).filter((phrase) => phrase !== ''))]
  if (kind === 'word' && (trimmed.length !== 1 || !/^\p{Script=Han}{2,16}$/u.test(trimmed[0] ?? ''))) throw invalid('one-word', '词语须为 2 至 16 个汉字，每次一个')
  if (kind === 'synonym' && new Set(trimmed.map(fold)).size < 2) throw invalid('two-phrases', '同义词至少要有两个不同的说法')
  return inTransaction(context.db, async (trx) => {
    const added = await words.insert(trx, { kind, phrases: kind === 'word' ? trimmed.map(fold) : trimmed, at: context.clock.now(), by: caller.actor.name })
    await record(trx, context, added, caller, 'added')
    return added
  })
}

/** @throws AppError `request/not-found` */
export async function removeSearchWord(context: CatalogContext, words: WordsStore, id: number, caller: Caller): Promise<void> {
  await inTransaction(context.db, async (trx) => {
    const removed = await words.remove(trx, id)
    if (removed === undefined) throw new AppError('request/not-found')
    await record(trx, context, removed, caller, 'removed')
  })
}

async function record(trx: Trx, context: CatalogContext, { id, kind, phrases }: SearchWord, caller: Caller, action: string): Promise<void> {
  await context.evidence.record(trx, {
    chain: 'decision', action: `catalog.search-word.${action}`, actor: caller.actor, parties: caller.organisation === null ? [] : [caller.organisation],
    subject: { type: 'search-word', id: String(id), title: phrases.join('、') }, detail: { kind, phrases },
  })
}
