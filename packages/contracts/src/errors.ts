import type { ErrorDefinition } from '@datong/kernel'

/**
 * The one registry of error codes. A test holds it against `docs/problems.md` and both translations, and a search of
 * the sources against it: a code that is thrown is here, a code that is here is thrown. Keep it sorted by area.
 */
export const ERRORS = {
  'access/unauthenticated': { kind: 'unauthenticated', title: 'Sign in first' },
  'access/forbidden': { kind: 'forbidden', title: 'Not within your powers' },
  'access/csrf': { kind: 'forbidden', title: 'The page is out of date' },
  'request/invalid': { kind: 'invalid', title: 'The request is not valid' },
  'request/not-found': { kind: 'not-found', title: 'Not found' },
  'request/too-large': { kind: 'too-large', title: 'Too large' },
  'request/invalid-cursor': { kind: 'invalid', title: 'The cursor does not belong to this query' },
  'request/conflict': { kind: 'conflict', title: 'Changed by somebody else meanwhile' },
} as const satisfies Record<string, ErrorDefinition>

export type ErrorCode = keyof typeof ERRORS
