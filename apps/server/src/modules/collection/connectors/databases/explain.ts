import { AppError } from '@datong/kernel'
import { isConnectionLost } from './reach.ts'

/** What a driver's error means for a source: by its code, never by its words, which may quote rows. */
export function explainBy(host: string, meanings: { readonly refused: Readonly<Record<string, string>>; readonly query: (code: string) => boolean }): (error: unknown) => unknown {
  return (error) => {
    if (error instanceof AppError) return error
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code !== '' ? error.code : 'broken-off'
    const refused = meanings.refused[code]
    if (refused !== undefined) return new AppError('collection/source-refused', { host, reason: refused })
    if (meanings.query(code)) return new AppError('collection/source-query', { reason: code })
    if (error instanceof Silence) return new AppError('collection/source-too-slow', { host })
    if (isConnectionLost(code) || isEnd(error)) return new AppError('collection/source-lost', { host, reason: code })
    return new AppError('collection/source-unreachable', { host, reason: code })
  }
}

/** pg says so when the other side hangs up, without a code. */
const isEnd = (error: unknown): boolean => error instanceof Error && /^Connection (terminated|ended)/.test(error.message)

/** A database said nothing for too long. */
class Silence extends Error {}

/** @throws Silence when nothing comes for so long; `end` is then called, so that the rest ends, too */
export async function orSilence<T>(answer: Promise<T>, ms: number, end: () => void): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  try {
    return await Promise.race([answer, new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Silence())
        end()
      }, ms)
    })])
  } finally {
    clearTimeout(timer)
  }
}
