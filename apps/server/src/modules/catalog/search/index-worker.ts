import { CatalogIndex, documentOf, serialise } from '@datong/catalog-search'
import { parentPort, workerData } from 'node:worker_threads'
import type { IndexedEntry } from './entry-document.ts'
import { INDEX_SCHEMA } from './index-schema.ts'
import { loadLanguage } from './language.ts'

/** So many are packed at once: what is not packed yet takes several times the room. */
const PORTION = 40_000

/** What the thread is told, one page after the other, then the end. */
export type ToWorker = { readonly entries: readonly IndexedEntry[] } | { readonly end: string }
/** `taken` after each page; at the end the packed index in pieces. */
export type FromWorker = { readonly taken: number } | { readonly pieces: readonly Uint8Array[] }

const words = (workerData as { words: readonly string[] }).words // set by `buildInThread`
const language = loadLanguage(words)
const index = new CatalogIndex(INDEX_SCHEMA)

const pack = (): void => {
  for (const merging = index.merge(); merging.next().done !== true;);
}

parentPort?.on('message', (message: ToWorker) => {
  if ('entries' in message) {
    for (const { texts, facts } of message.entries) index.put(documentOf(texts, facts, language))
    if (index.unpacked.changed >= PORTION) pack()
    parentPort?.postMessage({ taken: message.entries.length } satisfies FromWorker)
    return
  }
  pack()
  const pieces = index.packed === undefined ? [] : serialise(index.packed, message.end)
  parentPort?.postMessage({ pieces } satisfies FromWorker, pieces.map(({ buffer }) => buffer as ArrayBuffer)) // made here, not shared
  parentPort?.close()
})
