import { ERRORS, ProblemError } from '@datong/contracts'
import { isAppError } from '@datong/kernel'
import { CommandError } from './context.ts'
import type { Messages } from './messages-zh.ts'

/** One sentence for a person, for anything that was thrown. */
export function sentenceOf(error: unknown, messages: Messages): string {
  if (error instanceof CommandError) return error.message
  if (error instanceof ProblemError) {
    const { code, title, errors } = error.problem
    if (code === 'access/unauthenticated') return messages.sessionOver
    const issues = errors.map(({ pointer, message }) => (pointer === '' ? message : `${pointer} ${message}`))
    return [messages.problem(title, code), ...issues].join('; ')
  }
  if (isAppError(error)) return messages.problem(titleOf(error.code), error.code)
  if (isArgumentError(error)) return messages.badOption(error.message)
  return messages.unexpected(error instanceof Error ? error.message : String(error))
}

const titleOf = (code: string): string => Object.entries(ERRORS).find(([known]) => known === code)?.[1].title ?? code

/** What `parseArgs` throws for options that are not there. */
const isArgumentError = (error: unknown): error is Error =>
  error instanceof TypeError && 'code' in error && typeof error.code === 'string' && error.code.startsWith('ERR_PARSE_ARGS')
