import { ProblemError } from '@datong/contracts'
import type { Translate } from '../i18n/use-t.ts'

export interface Explanation {
  /** What happened and what to do, for a person. */
  readonly text: string
  /** Each thing that was wrong with the input. */
  readonly issues: readonly { readonly pointer: string; readonly text: string }[]
  /** The request to quote when asking for help. */
  readonly code: string | null
}

/** Explains a failed call in the language of the interface; texts that it does not have come from the server. */
export function explain(error: unknown, t: Translate): Explanation {
  if (!(error instanceof ProblemError)) {
    return { text: error instanceof TypeError ? t('errors.offline') : t('errors.unexpected'), issues: [], code: null }
  }
  const { problem } = error
  return {
    text: t.maybe('errors.', problem.code, problem.detail || problem.title, problem.params ?? {}),
    issues: problem.errors.map((issue) => ({ pointer: issue.pointer, text: issueText(issue.code, issue.message, t) })),
    code: problem.code,
  }
}

/** The server's own sentence names the thing, so it comes first where it is in the reader's language. */
function issueText(code: string, message: string, t: Translate): string {
  const inChinese = /\p{Script=Han}/u.test(message)
  return inChinese === (t.language === 'zh-CN') ? message : t.maybe('errors.issue:', code, message)
}
