import { type DestinationStream, type Logger, pino } from 'pino'

const SECRET_NAMES = ['authorization', 'cookie', 'set-cookie', 'x-csrf-token', 'password', 'key', 'token', 'secret', 'csrfToken']

/** Paths of secrets up to two objects deep, as pino wants them. */
const SECRET_PATHS = SECRET_NAMES.flatMap((name) => ['', '*.', '*.*.'].map((at) => (name.includes('-') ? `${at.replace(/\.$/, '')}["${name}"]` : at + name)))

/** The program's logger: JSON lines without secrets, bodies or query strings. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: describeError },
    redact: { paths: SECRET_PATHS, censor: '[redacted]' },
  }, destination ?? pino.destination({ dest: 2, sync: false }))
}

/** What helps to find the fault. Drivers hang their whole connection on an error, with all that is in it. */
function describeError(error: unknown): unknown {
  // The job runner tells of errors in plain objects.
  if (!(error instanceof Error)) return { message: typeof error === 'object' && error !== null && 'message' in error ? error.message : String(error) }
  const { name, message, stack, cause } = error
  const code = 'code' in error ? { code: error.code } : {}
  return { type: name, message, ...code, stack, ...(cause === undefined ? {} : { cause: describeError(cause) }) }
}
