import type { Actor, Role, Scope, SignatureAlgorithm } from '@datong/contracts'
import type { Generated, JSONColumnType } from 'kysely'

export interface IdentityTables {
  'identity.region': {
    code: string
    name: string
    name_en: string
    parent_code: string | null
    level: 'city' | 'county' | 'town' | 'village'
  }
  'identity.organisation': {
    code: string
    position: Generated<number>
    name: string
    name_en: string
    short_name: string
    region_code: string
    kind: 'department' | 'bureau' | 'public'
    duties: string[]
  }
  'identity.merger': {
    predecessor: string
    successor: string
    /** A day in China. */
    from_day: string
    reason: string
    asked_by: JSONColumnType<Actor>
    asked_at: Date
    /** When everything began to pass on; null before its day. */
    done_at: Date | null
  }
  'identity.account': {
    id: string
    username: string
    name: string
    organisation_code: string | null
    password_hash: string
    locked: Generated<boolean>
    created_at: Date
    seen_at: Date | null
  }
  'identity.account_role': { account_id: string; role: Role }
  'identity.sign_in_attempt': { name_hash: Buffer; failures: number; last_at: Date; locked_until: Date | null }
  'identity.session': { token_hash: Buffer; account_id: string; created_at: Date; seen_at: Date; ends_at: Date }
  'identity.app': {
    id: string
    name: string
    description: string
    organisation_code: string | null
    owner_id: string | null
    created_at: Date
  }
  'identity.app_key': {
    id: string
    app_id: string
    name: string
    prefix: string
    /** Of a secret key; a signing key has `algorithm` and `public_key` (SubjectPublicKeyInfo, DER) instead. */
    key_hash: Buffer | null
    algorithm: SignatureAlgorithm | null
    public_key: Buffer | null
    scopes: Scope[] | null
    entry_codes: string[] | null
    addresses: string[]
    replaced_by: string | null
    created_at: Date
    expires_at: Date | null
    revoked_at: Date | null
    last_used_at: Date | null
  }
}
