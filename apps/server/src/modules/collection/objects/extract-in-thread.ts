import { AppError } from '@datong/kernel'
import { Worker } from 'node:worker_threads'
import type { ExtractedText } from './extracted.ts'
import type { FromExtraction } from './extract-worker.ts'

const TIMEOUT_MS = 60_000
const MOST_MEMORY_MIB = 512

/**
 * Reads a file in a thread of its own with bounds on memory and time: a document from outside may be made to take all of both.
 * @throws AppError `collection/object-refused` for what is no document, broken, encrypted, or takes too much
 */
export async function extractInThread(path: string, signal?: AbortSignal): Promise<ExtractedText> {
  const worker = new Worker(new URL('./extract-worker.ts', import.meta.url), { workerData: { path }, resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MIB } })
  const refused = (code: string, message: string): AppError => new AppError('collection/object-refused', { reason: code }, [{ pointer: '/file', code, message }])
  try {
    const answer = await new Promise<FromExtraction>((resolve, reject) => {
      const timer = setTimeout(() => reject(refused('too-long', '文件读取时间过长')), TIMEOUT_MS)
      timer.unref()
      signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true }) // an abort's reason is an error
      worker.on('message', resolve).on('error', () => reject(refused('too-large', '文件内容过大，无法读取'))).on('exit', () => reject(refused('too-large', '文件内容过大，无法读取')))
    })
    if ('broken' in answer) throw refused('broken', '文件已损坏或已加密')
    if (answer.found === null) throw refused('unknown-kind', '不是可以识别的文档或图片')
    return answer.found
  } finally {
    await worker.terminate()
  }
}
