import { deserialise } from '@datong/catalog-search'
import { Worker } from 'node:worker_threads'
import type { IndexedEntry } from './entry-document.ts'
import type { FromWorker, ToWorker } from './index-worker.ts'
import { INDEX_SCHEMA } from './index-schema.ts'

/**
 * Makes a packed index of many entries in a thread of its own, so that requests are answered meanwhile.
 * @param pages entries, some thousand at a time; the next page is read when one is taken
 * @param note goes with the index into a file
 * @throws Error when the thread fails, or when `signal` ends the work
 */
export async function buildInThread(pages: AsyncIterable<readonly IndexedEntry[]>, words: readonly string[], note: string, signal: AbortSignal) {
  const worker = new Worker(new URL('./index-worker.ts', import.meta.url), { workerData: { words } })
  const stop = (): void => void worker.terminate()
  signal.addEventListener('abort', stop, { once: true })
  try {
    for await (const entries of pages) await ask(worker, { entries })
    const answer = await ask(worker, { end: note })
    if (!('pieces' in answer)) throw new Error('the thread did not hand the index over')
    return deserialise(joined(answer.pieces), INDEX_SCHEMA, note)
  } finally {
    signal.removeEventListener('abort', stop)
    await worker.terminate()
  }
}

const ask = (worker: Worker, message: ToWorker): Promise<FromWorker> => new Promise((resolve, reject) => {
  const settle = (): void => void worker.off('message', take).off('error', fail).off('exit', end)
  const take = (answer: FromWorker): void => { settle(); resolve(answer) }
  const fail = (error: Error): void => { settle(); reject(error) }
  const end = (): void => { settle(); reject(new Error('the thread that builds the index ended')) }
  worker.on('message', take).on('error', fail).on('exit', end)
  worker.postMessage(message)
})

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}
