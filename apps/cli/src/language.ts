import { en } from './messages-en.ts'
import { type Messages, zh } from './messages-zh.ts'

/** The language of a terminal, as POSIX has it: the first that is set of LC_ALL, LC_MESSAGES and LANG. */
export function messagesFor(env: Readonly<Record<string, string | undefined>>): Messages {
  const locale = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => value !== undefined && value !== '') ?? ''
  return locale.toLowerCase().startsWith('zh') ? zh : en
}
