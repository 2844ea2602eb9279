import { ProblemError } from '@datong/contracts'
import type { Translate } from '../../../shared/i18n/use-t.ts'

/** Faults of steps by `<step>/<parameter>`, as the server points to them. Its sentences, which name fields and places, are Chinese. */
export function faultsOf(error: unknown, t: Translate): ReadonlyMap<string, string> {
  if (!(error instanceof ProblemError)) return new Map()
  return new Map(error.problem.errors.flatMap(({ pointer, code, message }) => {
    const found = /^\/steps\/(\d+)\/([^/]+)/.exec(pointer)
    return found === null ? [] : [[`${found[1]}/${found[2]}`, t.language === 'en' ? t.maybe('errors.issue:', code, message) : message] as const]
  }))
}
