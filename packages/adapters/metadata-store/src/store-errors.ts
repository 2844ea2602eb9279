import { AppError, type ErrorParams, isAppError } from '@datong/kernel'

/**
 * The sentences for a person at a terminal, one for each error of this package. `{name}` is filled from the params.
 * The server's registry (`ERRORS` in `@datong/contracts`) lists the same codes.
 */
export const STORE_SENTENCES = {
  'store/damaged': 'The store in {dataDir} is damaged and cannot be started ({detail}); restore a backup or move the folder away. Its log is {logFile}.',
  'store/no-space': 'There is too little disk space for the store in {dataDir}: {freeMiB} MiB free, at least {neededMiB} MiB needed.',
  'store/disk-full': 'The disk is full: the store cannot write ({detail}).',
  'store/locked': 'Another Datong (process {pid}) uses the store in {dataDir}; stop it first, or choose another DATONG_HOME.',
  'store/not-running': 'No Datong server has the store in {dataDir} open, and this command only joins a running one.',
  'store/not-permitted': 'The store in {dataDir} cannot be used by this account: {detail}.',
  'store/wrong-version': 'The store in {dataDir} was made by another version of PostgreSQL ({detail}); restore a backup with this version.',
  'store/unsupported-platform': 'There is no embedded PostgreSQL for {platform}; set DATABASE_URL to a PostgreSQL server (version 15 or later).',
  'store/unreachable': 'The PostgreSQL server cannot be reached: {detail}.',
  'store/newer-than-program': 'The store was migrated by a newer Datong (it knows {migration}); update the program or restore an older backup.',
  'store/migration-changed': 'The migration {migration} was changed after it had been applied; migrations are never edited.',
} as const

export type StoreErrorCode = keyof typeof STORE_SENTENCES

/** Makes an `AppError` whose code is one of this package's. */
export function storeError(code: StoreErrorCode, params: ErrorParams, cause?: unknown): AppError {
  return new AppError(code, params, [], cause === undefined ? undefined : { cause })
}

/** The one sentence to print for an error of this package, or `undefined` when it is not one of them. */
export function storeSentence(error: unknown): string | undefined {
  if (!isAppError(error) || !(error.code in STORE_SENTENCES)) return undefined
  // `in` has just shown that the code is a key of the table.
  const template: string = STORE_SENTENCES[error.code as StoreErrorCode]
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(error.params[name] ?? '?'))
}

/** SQLSTATE of an error raised by PostgreSQL or its driver, if it has one. */
export function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

const UNREACHABLE = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', '57P01', '57P02', '57P03', '08006', '08001', '08003', '53300'])

/**
 * Turns a driver's error that means "the store does not work now" into an `AppError`
 * (`store/disk-full` for SQLSTATE 53100 and ENOSPC, `store/unreachable` for lost or refused connections); others stay as they are.
 * @see PostgreSQL 18, appendix A, error codes
 */
export function asStoreError(error: unknown): unknown {
  if (isAppError(error) || !(error instanceof Error)) return error
  const state = sqlState(error)
  if (state === '53100' || state === 'ENOSPC' || state === 'EDQUOT') return storeError('store/disk-full', { detail: error.message }, error)
  const lost = /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/
  if ((state !== undefined && UNREACHABLE.has(state)) || lost.test(error.message)) {
    return storeError('store/unreachable', { detail: error.message }, error)
  }
  return error
}
