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
    redact: { paths: SECRET_PATHS, censor: '[redacted]' },
  }, destination ?? pino.destination({ dest: 2, sync: false }))
}
