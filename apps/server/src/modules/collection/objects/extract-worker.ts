import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { extractText } from './extract-text.ts'
import type { ExtractedText } from './extracted.ts'

/** What the thread answers: what it found, that there is nothing that it reads, or that the file is broken. */
export type FromExtraction = { readonly found: ExtractedText | null } | { readonly broken: string }

const { path } = workerData as { path: string } // set by `extractInThread`
const answer = (message: FromExtraction): void => parentPort?.postMessage(message)
extractText(readFileSync(path)).then((found) => answer({ found: found ?? null }), (error: unknown) => answer({ broken: error instanceof Error ? error.message : 'unknown' }))
