import { Type, type Static } from 'typebox'
import { Empty, Id, Instant, Nullable, OrganisationCode, OrganisationRef, Page, PageQuery, Words } from './common.ts'
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
})
export type Organisation = Static<typeof OrganisationSchema>

export const KeySchema = Type.Object({
  id: Id,
  name: Type.String(),
  prefix: Type.String({ description: 'first characters, to recognise it; the rest is never shown again' }),
  createdAt: Instant,
  expiresAt: Nullable(Instant),
  revokedAt: Nullable(Instant),
  lastUsedAt: Nullable(Instant),
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
    summary: 'Make a key; it is shown in this answer and never again',
    params: IdParams,
    body: Type.Object({ name: Words(80), expiresAt: Type.Optional(Nullable(Instant)) }),
    response: Type.Object({ key: Type.String(), details: KeySchema }),
  }),
  revokeKey: operation({
    id: 'revokeKey', method: 'POST', path: '/api/v1/apps/{id}/keys/{keyId}/actions/revoke', tag,
    access: { ...ConsumerOwn, security: 'all' }, summary: 'Revoke a key; it stops within a second everywhere',
    params: Type.Object({ id: Id, keyId: Id }), body: Type.Object({ reason: Words(500) }), response: KeySchema,
  }),
} as const
