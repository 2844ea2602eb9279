/** What this package needs of a logger; a pino logger fits as it is. */
export interface Log {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** A logger that says nothing. */
export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }
