import { ProblemError } from '@datong/contracts'
import type { Issue } from '@datong/kernel'
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
  // An address that is no address of anything (a code that was mistyped) is simply not found.
  const code = problem.errors.length > 0 && problem.errors.every((issue) => issue.pointer.startsWith('/path/')) ? 'request/not-found' : problem.code
  return {
    text: t.maybe('errors.', code, problem.detail || problem.title, problem.params ?? {}),
    issues: code === problem.code ? problem.errors.map((issue) => explainIssue(issue, t)) : [],
    code,
  }
}

/** The server's own sentence names the thing, so it is taken where it is in the reader's language; else the text of the code and the place. */
function explainIssue({ pointer, code, message }: Issue, t: Translate): Explanation['issues'][number] {
  const inChinese = /\p{Script=Han}/u.test(message)
  if (inChinese && t.language === 'zh-CN') return { pointer: '', text: message }
  return { pointer, text: inChinese || t.language === 'zh-CN' ? t.maybe('errors.issue:', code, message) : message }
}
