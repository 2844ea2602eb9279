import { CatalogIndex, documentOf, type SearchDocument, synonymsOf, type Synonyms } from '@datong/catalog-search'
import { AppError } from '@datong/kernel'
import type { Log, Store, Subscription } from '@datong/metadata-store'
import { createHash, randomUUID } from 'node:crypto'
import { buildInThread } from './build-in-thread.ts'
import { indexedEntryOf, type IndexedEntry } from './entry-document.ts'
import { readIndexFile, writeIndexFile } from './index-file.ts'
import { INDEX_EDITION, INDEX_SCHEMA } from './index-schema.ts'
import type { IndexStore, StampedEntry } from './index-store.ts'
import { type Language, loadLanguage } from './language.ts'
import { paced } from './paced.ts'

const ENTRY_CHANNEL = 'catalog_entry'
export const WORDS_CHANNEL = 'catalog_words'

/** Begins what is no entry's code. */
const MARK = '#'

/** Entries are read so many at a time. */
const BATCH = 200
/** More changes than these are indexed in a thread of their own. */
const MANY = 3_000
const PAGE = 1_000
const MERGE_FROM = 2_000
const MERGE_SHARE = 0.05
const FILE_PAUSE_MS = 600_000
const RETRY_MS = 10_000

export interface SearchWords {
  readonly words: readonly string[]
  readonly synonyms: readonly (readonly string[])[]
}

export interface LiveIndexDeps {
  readonly listen: Store['listen']
  readonly entries: IndexStore
  readonly words: () => Promise<SearchWords>
  readonly organisationName: (code: string) => string
  /** Where the packed index is kept between two starts; null keeps none. */
  readonly file: string | null
  readonly log: Pick<Log, 'info' | 'warn'>
}

/**
 * The index of this process, kept like the table: the database tells the code of every entry that changed. What may have been missed
 * (before the start, while the line was down) is found by comparing stamps.
 */
export class LiveIndex {
  readonly #deps: LiveIndexDeps
  readonly #subscriptions: Subscription[] = []
  readonly #pending = new Set<string>()
  readonly #marks = new Map<string, () => void>()
  readonly #stopping = new AbortController()
  #index = new CatalogIndex(INDEX_SCHEMA)
  #language: Language | undefined
  #words: readonly string[] = []
  #synonyms: Synonyms = new Map()
  #ready = false
  #building: Promise<void> | undefined
  #applying: Promise<void> | undefined
  #merging = false
  #writtenAt = 0

  constructor(deps: LiveIndexDeps) {
    this.#deps = deps
  }

  /** @throws AppError `catalog/search-not-ready` while the first index of a large catalogue is being built */
  get current(): { readonly index: CatalogIndex; readonly language: Language; readonly synonyms: Synonyms } {
    if (!this.#ready || this.#language === undefined) throw new AppError('catalog/search-not-ready')
    return { index: this.#index, language: this.#language, synonyms: this.#synonyms }
  }

  /** Stands for all entries as they are: another text after any change of any. null while there is no whole index. */
  get edition(): string | null {
    if (!this.#ready) return null
    // The stamp of an entry grows with each of its changes.
    let sum = 0
    this.#index.eachStamp((_, stamp) => (sum += stamp))
    return `${this.#index.size}-${sum}`
  }

  get rebuilding(): boolean {
    return this.#building !== undefined
  }

  /** Resolves when the index is ready, or when it is clear that building it takes longer than a start may. */
  async start(): Promise<void> {
    const { listen, file, log } = this.#deps
    await this.#readWords()
    this.#subscriptions.push(
      await listen(ENTRY_CHANNEL, (code) => this.#changed(code), { onRestored: () => this.#inBackground(this.#catchUp()) }),
      await listen(WORDS_CHANNEL, () => this.#inBackground(this.#wordsChanged()), { onRestored: () => this.#inBackground(this.#wordsChanged()) }),
    )
    const begun = performance.now()
    const kept = file === null ? null : await readIndexFile(file, this.#note())
    if (kept !== null) this.#index.adopt(kept)
    const missed = await this.#catchUp()
    log.info({ entries: this.#index.size, fromFile: kept?.size ?? 0, missed, ms: Math.round(performance.now() - begun) }, this.#ready ? 'the search index is ready' : 'the search index is being built')
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    for (const subscription of this.#subscriptions.splice(0)) await subscription.close()
    await Promise.allSettled([this.#building, this.#applying])
  }

  /** Compares with the table and takes what differs. @returns how many entries did */
  async #catchUp(): Promise<number> {
    const stamps = await this.#deps.entries.stamps()
    const gone = new Map<string, number>()
    this.#index.eachStamp((key, stamp) => gone.set(key, stamp))
    const differing: string[] = []
    for (const { code, stamp } of stamps) {
      if (gone.get(code) !== stamp) differing.push(code)
      gone.delete(code)
    }
    for (const code of gone.keys()) this.#index.remove(code)
    if (differing.length > MANY) this.#inBackground(this.#buildAnew())
    else {
      for (const code of differing) this.#pending.add(code)
      await this.#apply()
      this.#ready = true
    }
    return differing.length + gone.size
  }

  /** Resolves when everything that was committed before is in the index. */
  async settled(): Promise<void> {
    const mark = `${MARK}${randomUUID()}`
    const arrived = new Promise<void>((resolve) => this.#marks.set(mark, resolve))
    await this.#deps.entries.mark(ENTRY_CHANNEL, mark)
    await arrived
    await this.#apply()
  }

  #changed(code: string): void {
    if (code.startsWith(MARK)) {
      this.#marks.get(code)?.()
      this.#marks.delete(code)
      return
    }
    this.#pending.add(code)
    // While all is built anew it is enough to know what changed.
    if (this.#building === undefined) this.#inBackground(this.#apply())
  }

  #apply(): Promise<void> {
    return (this.#applying ??= this.#applyPending().finally(() => (this.#applying = undefined)))
  }

  async #applyPending(): Promise<void> {
    while (this.#pending.size > 0 && !this.#stopping.signal.aborted) {
      if (this.#pending.size > MANY && this.#building === undefined) return void this.#inBackground(this.#buildAnew())
      const codes = [...this.#pending].slice(0, BATCH)
      for (const code of codes) this.#pending.delete(code)
      const found = await this.#deps.entries.read(codes)
      const there = new Set(found.map(({ entry }) => entry.code))
      for (const code of codes) if (!there.has(code)) this.#index.remove(code)
      await paced(this.#takeEach(found))
    }
    await this.#mergeWhenLarge()
  }

  * #takeEach(found: readonly StampedEntry[]): Generator<void, void> {
    for (const one of found) {
      this.#index.put(this.#documentOf(one))
      yield
    }
  }

  #documentOf(found: StampedEntry): SearchDocument {
    const { texts, facts } = this.#indexed(found)
    return documentOf(texts, facts, this.#language!) // loaded before anything is read
  }

  #indexed({ entry, stamp, words }: StampedEntry): IndexedEntry {
    return indexedEntryOf(entry, stamp, this.#deps.organisationName(entry.organisation), words)
  }

  async #mergeWhenLarge(): Promise<void> {
    const { changed, forgotten } = this.#index.unpacked
    if (this.#merging || changed + forgotten < Math.max(MERGE_FROM, MERGE_SHARE * this.#index.size)) return
    this.#merging = true
    try {
      await paced(this.#index.merge())
      await this.#keep()
    } finally {
      this.#merging = false
    }
  }

  /** Builds the whole index in a thread, then takes what changed meanwhile. The old one answers until then. */
  #buildAnew(): Promise<void> {
    if (this.#building !== undefined) return this.#building
    const words = this.#words
    return (this.#building = this.#build(words).finally(() => {
      this.#building = undefined
      if (this.#stopping.signal.aborted) return
      // Words that came while it was built count in another round; one that failed is tried again.
      if (words !== this.#words) this.#inBackground(this.#buildAnew())
      else if (!this.#ready) setTimeout(() => this.#inBackground(this.#catchUp()), RETRY_MS).unref()
    }))
  }

  async #build(words: readonly string[]): Promise<void> {
    const begun = performance.now()
    await this.#applying
    this.#pending.clear()
    const part = await buildInThread(this.#pages(), words, this.#note(), this.#stopping.signal)
    const fresh = new CatalogIndex(INDEX_SCHEMA)
    if (part !== null) fresh.adopt(part)
    this.#index = fresh
    await this.#apply()
    this.#ready = true
    this.#writtenAt = 0
    await this.#keep()
    this.#deps.log.info({ entries: fresh.size, ms: Math.round(performance.now() - begun) }, 'the search index was built anew')
  }

  async* #pages(): AsyncGenerator<IndexedEntry[]> {
    for await (const page of this.#deps.entries.all(PAGE)) yield page.map((one) => this.#indexed(one))
  }

  async #keep(): Promise<void> {
    const { file } = this.#deps
    if (file === null || performance.now() < this.#writtenAt + FILE_PAUSE_MS && this.#writtenAt > 0) return
    this.#writtenAt = performance.now()
    await writeIndexFile(file, this.#index, this.#note())
  }

  #note(): string {
    return `${INDEX_EDITION} ${createHash('sha256').update(JSON.stringify(this.#words)).digest('hex')}`
  }

  /** @returns whether words that cut differ from before */
  async #readWords(): Promise<boolean> {
    const { words, synonyms } = await this.#deps.words()
    this.#synonyms = synonymsOf(synonyms)
    if (this.#language !== undefined && JSON.stringify(words) === JSON.stringify(this.#words)) return false
    this.#words = words
    this.#language = loadLanguage(words)
    return true
  }

  async #wordsChanged(): Promise<void> {
    if (await this.#readWords()) await this.#buildAnew()
  }

  #inBackground(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      if (!this.#stopping.signal.aborted) this.#deps.log.warn({ err: error }, 'the search index could not be brought up to date')
    })
  }
}
