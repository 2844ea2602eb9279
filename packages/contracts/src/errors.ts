import type { ErrorDefinition } from '@datong/kernel'

/**
 * The one registry of error codes. A test holds it against `docs/problems.md` and both translations, and a search of
 * the sources against it: a code that is thrown is here, a code that is here is thrown. Keep it sorted by area.
 */
export const ERRORS = {
  'access/csrf': { kind: 'forbidden', title: 'The page is out of date' },
  'access/forbidden': { kind: 'forbidden', title: 'Not within your powers' },
  'access/key-expired': { kind: 'unauthenticated', title: 'The key has expired' },
  'access/key-revoked': { kind: 'forbidden', title: 'The key was revoked' },
  'access/unauthenticated': { kind: 'unauthenticated', title: 'Sign in first' },
  'evidence/damaged-bundle': { kind: 'unavailable', title: 'A bundle of the evidence log is damaged' },
  'evidence/damaged-checkpoint': { kind: 'unavailable', title: 'The head of the evidence log is damaged' },
  'evidence/damaged-tile': { kind: 'unavailable', title: 'A tile of the evidence log is damaged' },
  'evidence/entry-too-large': { kind: 'too-large', title: 'Too much for one evidence entry' },
  'evidence/invalid-checkpoint': { kind: 'invalid', title: 'Not a checkpoint' },
  'evidence/invalid-entry': { kind: 'invalid', title: 'Not a valid evidence entry' },
  'evidence/invalid-hash': { kind: 'invalid', title: 'Not a SHA-256 hash' },
  'evidence/invalid-key': { kind: 'invalid', title: 'Not a valid key of a log' },
  'evidence/invalid-note': { kind: 'invalid', title: 'Not a text that can be signed' },
  'evidence/out-of-range': { kind: 'invalid', title: 'Not in a log of this size' },
  'evidence/overloaded': { kind: 'unavailable', title: 'Too many accesses wait to be recorded' },
  'identity/account-locked': { kind: 'forbidden', title: 'The account is locked' },
  'identity/locked': { kind: 'rate-limited', title: 'Too many wrong passwords; wait' },
  'identity/own-roles': { kind: 'forbidden', title: 'Nobody changes their own roles' },
  'identity/separated-duties': { kind: 'invalid', title: 'These roles may not be held by one person' },
  'identity/unknown-organisation': { kind: 'invalid', title: 'There is no such organisation' },
  'identity/username-taken': { kind: 'conflict', title: 'The user name is taken' },
  'identity/wrong-credentials': { kind: 'unauthenticated', title: 'Wrong name or password' },
  'request/conflict': { kind: 'conflict', title: 'Changed by somebody else meanwhile' },
  'request/invalid': { kind: 'invalid', title: 'The request is not valid' },
  'request/invalid-cursor': { kind: 'invalid', title: 'The cursor does not belong to this query' },
  'request/malformed': { kind: 'invalid', title: 'The body cannot be read' },
  'request/not-found': { kind: 'not-found', title: 'Not found' },
  'request/overloaded': { kind: 'unavailable', title: 'Too busy just now' },
  'request/too-large': { kind: 'too-large', title: 'Too large' },
  'request/unsupported-media-type': { kind: 'invalid', title: 'This content type is not accepted here' },
  'server/failure': { kind: 'unavailable', title: 'Something went wrong here' },
  'store/damaged': { kind: 'unavailable', title: 'The store is damaged' },
  'store/disk-full': { kind: 'unavailable', title: 'The disk is full' },
  'store/locked': { kind: 'conflict', title: 'Another Datong uses the store' },
  'store/migration-changed': { kind: 'unavailable', title: 'A migration was changed after it was applied' },
  'store/newer-than-program': { kind: 'unavailable', title: 'The store is newer than the program' },
  'store/no-space': { kind: 'unavailable', title: 'Too little disk space to start' },
  'store/not-permitted': { kind: 'unavailable', title: 'The store may not be used by this account' },
  'store/not-running': { kind: 'unavailable', title: 'No server has the store open' },
  'store/unreachable': { kind: 'unavailable', title: 'The database cannot be reached' },
  'store/unsupported-platform': { kind: 'unavailable', title: 'No embedded database for this platform' },
  'store/wrong-version': { kind: 'unavailable', title: 'The store was made by another database version' },
} as const satisfies Record<string, ErrorDefinition>

export type ErrorCode = keyof typeof ERRORS
