import type { Actor, Organisation, OrganisationRef, Role } from '@datong/contracts'
import { inTransaction, type Trx } from '@datong/metadata-store'
import type { FastifyRequest } from 'fastify'
import type { Caller } from '../../platform/caller.ts'
import type { ServerModule } from '../../platform/server-module.ts'
import { type Account, countHolders, findAccount, findByUsername } from './account-store.ts'
import { appRoutes } from './app-routes.ts'
import { findApp, namesOfApps } from './app-store.ts'
import { createApp, findOwnApp, type NewApp } from './apps.ts'
import { authenticate, type Credentials } from './authenticate.ts'
import type { IdentityContext } from './context.ts'
import { actorOf, type IdentityDeps } from './deps.ts'
import { createUser, type NewUser } from './create-user.ts'
import { createDirectory, type Directory } from './directory.ts'
import { createKeyCache } from './key-cache.ts'
import { createKey } from './keys.ts'
import { identityMigration } from './migrations/20261122T0120-identity.ts'
import { keysMigration } from './migrations/20261122T0220-keys.ts'
import { mergersMigration } from './migrations/20261122T0302-mergers.ts'
import { passOnDue } from './mergers/pass-on.ts'
import { oauthRoutes } from './oauth/oauth-routes.ts'
import { allRegions } from './organisation-store.ts'
import { createPasswords } from './passwords.ts'
import { sessionRoutes } from './session-routes.ts'
import { createNonces } from './signatures/nonces.ts'
import { createPepper } from './tokens.ts'
import { userRoutes } from './user-routes.ts'

export type { Account } from './account-store.ts'
export { DIRECTORY_CHANNEL, type IdentityDeps, SYSTEM_ACTOR } from './deps.ts'
export type { NewUser } from './create-user.ts'
export { randomPassword } from './passwords.ts'

export const identityMigrations = [identityMigration, keysMigration, mergersMigration]

/** An application (system) as other modules see it. */
export interface AppRef {
  readonly id: string
  readonly name: string
  readonly organisation: string | null
}

/** Who there is: regions, organisations, people, their sessions and roles, applications and keys. */
export interface Identity extends ServerModule {
  /** Finds the caller of a request; see `authenticate.ts` for refusals. */
  authenticate(request: FastifyRequest): Credentials | Promise<Credentials>
  readonly organisations: {
    find(code: string): Organisation | undefined
    ref(code: string): OrganisationRef
    list(): readonly Organisation[]
    add: Directory['add']
    /** Codes and names of all regions; each change is told on `DIRECTORY_CHANNEL`. */
    regions(): Promise<readonly { code: string; name: string }[]>
  }
  readonly users: {
    create(user: NewUser, actor: Actor): Promise<{ account: Account; password: string }>
    find(id: string): Promise<Account | undefined>
    findByUsername(username: string): Promise<Account | undefined>
    /** A person as the caller of a command, for seeding. */
    callerOf(account: Account): Caller
    /** How many unlocked accounts hold a role. */
    countHolders(role: Role): Promise<number>
  }
  readonly apps: {
    find(id: string): Promise<AppRef | undefined>
    /** The app when it belongs to the caller's organisation, or to the developer himself. */
    findOwn(id: string, caller: Caller): Promise<AppRef | undefined>
    names(ids: readonly string[]): Promise<ReadonlyMap<string, string>>
    create(trx: Trx, app: NewApp): Promise<AppRef>
  }
  /** Does the mergers of departments whose day has come; the module itself looks each minute. @returns how many there were */
  mergeDue(): Promise<number>
  readonly keys: {
    /**
     * @param expiresAt null: the usual life of a key
     * @returns the key itself, for this one time
     */
    create(appId: string, name: string, expiresAt: Date | null, actor: Actor): Promise<{ key: string; keyId: string } | undefined>
  }
}

/** Mergers begin with a day; nobody waits for the minute. */
const MERGERS_EVERY_MS = 60_000

export function createIdentity(deps: IdentityDeps): Identity {
  const { db } = deps.store
  const directory = createDirectory(deps)
  const keys = createKeyCache(deps)
  const context: IdentityContext = {
    ...deps, directory, keys, nonces: createNonces(deps.clock, deps.sharedNonces), passwords: createPasswords(deps.random),
    pepper: createPepper(deps.sessionPepper),
  }
  let mergers: NodeJS.Timeout | undefined
  const refOf = (app: { id: string; name: string; organisation_code: string | null } | undefined): AppRef | undefined =>
    app && { id: app.id, name: app.name, organisation: app.organisation_code }
  return {
    routes: [...sessionRoutes(context), ...userRoutes(context), ...appRoutes(context)],
    plainRoutes: oauthRoutes(context),
    authenticate: (request) => authenticate(context, request),
    organisations: { find: directory.find, ref: directory.ref, list: directory.list, add: directory.add, regions: () => allRegions(db) },
    users: {
      create: (user, actor) => createUser(context, user, actor),
      find: (id) => findAccount(db, id),
      findByUsername: (username) => findByUsername(db, username),
      callerOf: (account) => ({ actor: actorOf(account), roles: account.roles, organisation: account.organisation, keyId: null }),
      countHolders: (role) => countHolders(db, role),
    },
    apps: {
      find: async (id) => refOf(await findApp(db, id)),
      findOwn: async (id, caller) => refOf(await findOwnApp(context, id, caller)),
      names: (ids) => namesOfApps(db, ids),
      create: async (trx, app) => {
        const { id, name, organisation_code: organisation } = await createApp(context, trx, app)
        return { id, name, organisation }
      },
    },
    keys: {
      create: async (appId, name, expiresAt, actor) => {
        const app = await findApp(db, appId)
        if (app === undefined) return undefined
        const { key, row } = await inTransaction(db, (trx) => createKey(context, trx, { app, name, limits: { expiresAt: expiresAt ?? undefined }, actor }))
        return { key, keyId: row.id }
      },
    },
    mergeDue: () => passOnDue(context),
    start: async () => {
      await directory.start()
      await keys.start()
      mergers = setInterval(() => void passOnDue(context).catch((error: unknown) => deps.log.error({ err: error }, 'a merger of departments could not be done')), MERGERS_EVERY_MS)
      mergers.unref()
    },
    stop: async () => {
      clearInterval(mergers)
      await keys.stop()
      await directory.stop()
    },
  }
}
