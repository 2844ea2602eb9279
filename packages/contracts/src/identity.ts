import { Type, type Static } from 'typebox'
import { CalendarDate, Empty, EntryCode, Id, Instant, Nullable, OrganisationCode, OrganisationRef, Page, PageQuery, Words } from './common.ts'
import { operation } from './operation.ts'
import { RoleSchema } from './roles.ts'

export const UserSchema = Type.Object({
  id: Id,
  username: Type.String(),
  name: Type.String(),
  organisation: Nullable(OrganisationRef),
  roles: Type.Array(RoleSchema),
  locked: Type.Boolean(),
  lastSeenAt: Nullable(Instant),
})
export type User = Static<typeof UserSchema>

export const RegionSchema = Type.Object({
  code: Type.String({ description: 'GB/T 2260: 6 digits, towns 9, villages 12' }),
  name: Type.String(),
  nameEn: Type.String(),
  parentCode: Nullable(Type.String()),
  level: Type.Enum(['city', 'county', 'town', 'village']),
})

export const OrganisationSchema = Type.Object({
  code: Type.String(),
  name: Type.String(),
  nameEn: Type.String(),
  shortName: Type.String(),
  regionCode: Type.String(),
  kind: Type.Enum(['department', 'bureau', 'public']),
  duties: Type.Array(Type.String()),
  /** Set when it has passed, or will pass, all that it has to another. */
  merger: Type.Optional(Type.Object({
    into: OrganisationCode, from: CalendarDate, done: Type.Boolean({ description: 'false: the day has not come' }),
  })),
})
export type Organisation = Static<typeof OrganisationSchema>

/** Forms of delivery that a key can be limited to. */
export const SCOPES = ['rows', 'files', 'verify', 'graphql', 'push', 'subscriptions'] as const
export type Scope = (typeof SCOPES)[number]

/** How signatures of requests are made. @see RFC 9421, section 3.3 */
export const SIGNATURE_ALGORITHMS = ['ed25519', 'ecdsa-p256-sha256'] as const
export type SignatureAlgorithm = (typeof SIGNATURE_ALGORITHMS)[number]

const ScopesSchema = Type.Array(Type.Enum(SCOPES), { uniqueItems: true, minItems: 1, maxItems: SCOPES.length })
const EntryCodesSchema = Type.Array(EntryCode, { uniqueItems: true, minItems: 1, maxItems: 200 })
const AddressesSchema = Type.Array(Type.String({ maxLength: 50, description: 'an address, or a range in CIDR form; IPv4 or IPv6' }), { uniqueItems: true, maxItems: 50 })
const PublicKey = Type.String({ minLength: 40, maxLength: 2000, description: 'Ed25519 or P-256, as PEM (SubjectPublicKeyInfo) or JSON Web Key' })

export const KeySchema = Type.Object({
  id: Id,
  name: Type.String(),
  prefix: Type.String({ description: 'of a secret key its first characters, to recognise it, the rest is never shown again; of a signing key the beginning of its thumbprint (RFC 7638)' }),
  algorithm: Nullable(Type.Enum(SIGNATURE_ALGORITHMS, { description: 'of a signing key, whose id is the `keyid` of its signatures; null for a secret key' })),
  scopes: Nullable(Type.Array(Type.Enum(SCOPES), { description: 'null: not limited' })),
  entryCodes: Nullable(Type.Array(Type.String(), { description: 'null: not limited' })),
  addresses: Type.Array(Type.String(), { description: 'none: not limited' }),
  createdAt: Instant,
  expiresAt: Nullable(Instant),
  revokedAt: Nullable(Instant),
  lastUsedAt: Nullable(Instant),
  replacedBy: Nullable(Id),
})

export const AppSchema = Type.Object({
  id: Id,
  name: Type.String(),
  description: Type.String(),
  organisation: Nullable(OrganisationRef),
  createdAt: Instant,
  keys: Type.Array(KeySchema),
})
export type App = Static<typeof AppSchema>

const tag = 'identity'
const IdParams = Type.Object({ id: Id })
const KeyParams = Type.Object({ id: Id, keyId: Id })
const KeyLimits = {
  expiresAt: Type.Optional(Instant),
  scopes: Type.Optional(ScopesSchema),
  entryCodes: Type.Optional(EntryCodesSchema),
  addresses: Type.Optional(AddressesSchema),
}
const ConsumerOwn = { consumer: 'own', provider: 'own', developer: 'own' } as const

export const identityOperations = {
  signIn: operation({
    id: 'signIn', method: 'POST', path: '/api/v1/session', tag, access: 'anyone',
    summary: 'Sign in with name and password; sets the session cookie and answers the same token',
    body: Type.Object({ username: Words(64), password: Type.String({ minLength: 1, maxLength: 256 }) }),
    response: Type.Object({ token: Type.String(), csrfToken: Type.String(), user: UserSchema }),
  }),
  currentSession: operation({
    id: 'currentSession', method: 'GET', path: '/api/v1/session', tag, access: 'anyone',
    summary: 'Who is signed in (null for nobody), and the token that cookie-borne changes must repeat in `X-CSRF-Token`',
    response: Type.Object({ user: Nullable(UserSchema), csrfToken: Nullable(Type.String()) }),
  }),
  signOut: operation({
    id: 'signOut', method: 'DELETE', path: '/api/v1/session', tag, access: 'signed-in', summary: 'Sign out',
    response: Empty,
  }),
  listRegions: operation({
    id: 'listRegions', method: 'GET', path: '/api/v1/regions', tag, access: 'anyone',
    summary: 'Regions below one region, or the city itself',
    query: Type.Object({ parent: Type.Optional(Type.String({ pattern: '^[0-9]{6,12}$' })) }),
    response: Type.Object({ items: Type.Array(RegionSchema) }),
  }),
  listOrganisations: operation({
    id: 'listOrganisations', method: 'GET', path: '/api/v1/organisations', tag, access: 'anyone',
    summary: 'Departments of the installation',
    response: Type.Object({ items: Type.Array(OrganisationSchema) }),
  }),
  listUsers: operation({
    id: 'listUsers', method: 'GET', path: '/api/v1/users', tag,
    access: { sysadmin: 'all', security: 'all', auditor: 'all' }, summary: 'Accounts',
    query: Type.Object({ ...PageQuery, q: Type.Optional(Words(64)), organisation: Type.Optional(OrganisationCode) }),
    response: Page(UserSchema),
  }),
  createUser: operation({
    id: 'createUser', method: 'POST', path: '/api/v1/users', tag, access: { sysadmin: 'all' }, status: 201,
    summary: 'Create an account without roles; the password is shown once',
    body: Type.Object({
      username: Type.String({ pattern: '^[a-z][a-z0-9._-]{2,63}$' }), name: Words(64),
      organisation: Nullable(OrganisationCode),
    }),
    response: Type.Object({ user: UserSchema, password: Type.String() }),
  }),
  actOnUser: operation({
    id: 'actOnUser', method: 'POST', path: '/api/v1/users/{id}/actions/{action}', tag, access: { sysadmin: 'all' },
    summary: 'Lock or unlock an account',
    params: Type.Object({ id: Id, action: Type.Enum(['lock', 'unlock']) }),
    body: Type.Object({ reason: Words(500) }), response: UserSchema,
  }),
  setRoles: operation({
    id: 'setRoles', method: 'PUT', path: '/api/v1/users/{id}/roles', tag, access: { security: 'all' },
    summary: 'Grant roles; two separated duties in one person are refused, and nobody changes their own',
    params: IdParams, body: Type.Object({ roles: Type.Array(RoleSchema, { uniqueItems: true }), reason: Words(500) }),
    response: UserSchema,
  }),
  listApps: operation({
    id: 'listApps', method: 'GET', path: '/api/v1/apps', tag, access: ConsumerOwn,
    summary: 'Applications (systems) of the own organisation, or of the developer, with their keys',
    response: Type.Object({ items: Type.Array(AppSchema) }),
  }),
  createApp: operation({
    id: 'createApp', method: 'POST', path: '/api/v1/apps', tag, access: ConsumerOwn, status: 201,
    summary: 'Register an application (system) that will call with keys',
    body: Type.Object({ name: Words(80), description: Type.Optional(Words(500, 0)) }), response: AppSchema,
  }),
  createKey: operation({
    id: 'createKey', method: 'POST', path: '/api/v1/apps/{id}/keys', tag, access: ConsumerOwn, status: 201,
    summary: 'Make a key; it is shown in this answer and never again. It ends after a year when nothing else is said',
    params: IdParams,
    body: Type.Object({ name: Words(80), ...KeyLimits }),
    response: Type.Object({ key: Type.String(), details: KeySchema }),
  }),
  registerSigningKey: operation({
    id: 'registerSigningKey', method: 'POST', path: '/api/v1/apps/{id}/signing-keys', tag, access: ConsumerOwn, status: 201,
    summary: 'Register the public half of a key with which the application signs its requests (RFC 9421) or asks for tokens (RFC 7523)',
    params: IdParams,
    body: Type.Object({ name: Words(80), publicKey: PublicKey, ...KeyLimits }),
    response: KeySchema,
  }),
  rotateKey: operation({
    id: 'rotateKey', method: 'POST', path: '/api/v1/apps/{id}/keys/{keyId}/actions/rotate', tag, access: ConsumerOwn, status: 201,
    summary: 'Replace a key by a new one with the same limits; the old one goes on for the overlap',
    params: KeyParams,
    body: Type.Object({
      overlapHours: Type.Integer({ minimum: 0, maximum: 168 }), expiresAt: Type.Optional(Instant),
      publicKey: Type.Optional(PublicKey),
    }),
    response: Type.Object({ key: Nullable(Type.String({ description: 'shown once; null for a signing key' })), details: KeySchema, previous: KeySchema }),
  }),
  revokeKey: operation({
    id: 'revokeKey', method: 'POST', path: '/api/v1/apps/{id}/keys/{keyId}/actions/revoke', tag,
    access: { ...ConsumerOwn, security: 'all' }, summary: 'Revoke a key; it stops within a second everywhere',
    params: KeyParams, body: Type.Object({ reason: Words(500) }), response: KeySchema,
  }),
} as const
