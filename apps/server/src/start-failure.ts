import { storeSentence } from '@datong/metadata-store'
import { ConfigError } from './config.ts'

/** A reason not to start that an operator understands: one sentence. */
export class StartFailure extends Error {
  constructor(sentence: string, options?: ErrorOptions) {
    super(sentence, options)
    this.name = 'StartFailure'
  }
}

/** What to print when the program cannot start or go on; undefined for what only a stack trace explains. */
export function sentenceOf(error: unknown): string | undefined {
  if (error instanceof StartFailure || error instanceof ConfigError) return error.message
  const ofStore = storeSentence(error)
  if (ofStore !== undefined) return ofStore
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const path = error instanceof Error && 'path' in error ? String(error.path) : 'its folder'
  if (error instanceof Error && /^(58|XX)...$/.test(String(code))) return `The database is damaged (${error.message}); restore a backup.`
  if (code === 'ENOSPC') return `The disk is full: nothing more can be written to ${path}.`
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return `This account may not write to ${path}; choose another DATONG_HOME or change its owner.`
  if (code === 'ENOTDIR') return `${path} is not a folder; choose another DATONG_HOME.`
  return undefined
}

/** The sentence for an address that cannot be listened on. */
export function listenFailure(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') return new StartFailure(`Port ${port} on ${host} is in use by another program; stop it, or set PORT to a free one.`, { cause: error })
  if (code === 'EACCES') return new StartFailure(`This account may not listen on port ${port}; set PORT to one above 1023.`, { cause: error })
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return new StartFailure(`${host} is not an address of this machine; change HOST.`, { cause: error })
  return error
}
