import type { App, KeySchema, User } from '@datong/contracts'
import type { Static } from 'typebox'
import type { Account } from './account-store.ts'
import type { AppRow } from './app-store.ts'
import type { Directory } from './directory.ts'
import type { KeyRow } from './key-store.ts'

export const viewUser = (account: Account, directory: Directory): User => ({
  id: account.id, username: account.username, name: account.name,
  organisation: account.organisation === null ? null : directory.ref(account.organisation),
  roles: [...account.roles], locked: account.locked, lastSeenAt: account.seenAt?.toISOString() ?? null,
})

export const viewKey = (row: KeyRow): Static<typeof KeySchema> => ({
  id: row.id, name: row.name, prefix: row.prefix, algorithm: row.algorithm, scopes: row.scopes, entryCodes: row.entry_codes, addresses: row.addresses,
  createdAt: row.created_at.toISOString(), expiresAt: row.expires_at?.toISOString() ?? null,
  revokedAt: row.revoked_at?.toISOString() ?? null, lastUsedAt: row.last_used_at?.toISOString() ?? null, replacedBy: row.replaced_by,
})

export const viewApp = (app: AppRow, keys: readonly KeyRow[], directory: Directory): App => ({
  id: app.id, name: app.name, description: app.description,
  organisation: app.organisation_code === null ? null : directory.ref(app.organisation_code),
  createdAt: app.created_at.toISOString(), keys: keys.filter(({ app_id }) => app_id === app.id).map(viewKey),
})
