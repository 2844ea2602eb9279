import type { IdentityDeps } from './deps.ts'
import type { Directory } from './directory.ts'
import type { KeyCache } from './key-cache.ts'
import type { Nonces } from './signatures/nonces.ts'
import type { Passwords } from './passwords.ts'
import type { Pepper } from './tokens.ts'

/** What the module's own commands work with. */
export interface IdentityContext extends IdentityDeps {
  readonly directory: Directory
  readonly keys: KeyCache
  readonly nonces: Nonces
  readonly passwords: Passwords
  readonly pepper: Pepper
}
