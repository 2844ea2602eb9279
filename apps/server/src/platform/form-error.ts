import { AppError, isAppError } from '@datong/kernel'

/** A form that ends early, is none or is too long is the sender's fault; all else stays what it was. `limit` in bytes. */
export function formError(error: unknown, limit: number): unknown {
  if (isAppError(error) || !(error instanceof Error)) return error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (code === 'FST_REQ_FILE_TOO_LARGE') return new AppError('request/too-large', { limit })
  if (code.startsWith('FST_') && code !== 'FST_MP_PREMATURE_CLOSE') return new AppError('request/malformed', {}, [], { cause: error })
  return /multipart|boundary|terminated|unexpected end|premature|aborted/i.test(`${error.message} ${code}`) ? new AppError('request/malformed', {}, [], { cause: error }) : error
}
