import { ProblemError } from '@datong/contracts'

/** Faults of steps by `<step>/<parameter>`, as the server points to them. */
export function faultsOf(error: unknown): ReadonlyMap<string, string> {
  if (!(error instanceof ProblemError)) return new Map()
  return new Map(error.problem.errors.flatMap(({ pointer, message }) => {
    const found = /^\/steps\/(\d+)\/([^/]+)/.exec(pointer)
    return found === null ? [] : [[`${found[1]}/${found[2]}`, message] as const]
  }))
}
