import { operations } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import { type Route, route } from '../../platform/route.ts'
import { findApp, listAppsOf, listKeysOf } from './app-store.ts'
import { createApp, findOwnApp, ownerOf } from './apps.ts'
import type { IdentityContext } from './context.ts'
import { createKey, revokeKey } from './keys.ts'
import { viewApp, viewKey } from './view.ts'

export function appRoutes(context: IdentityContext): Route[] {
  const { store, directory } = context
  return [
    route(operations.listApps, async ({ caller }) => {
      const apps = await listAppsOf(store.db, ownerOf(caller))
      const keys = await listKeysOf(store.db, apps.map(({ id }) => id))
      return { items: apps.map((app) => viewApp(app, keys, directory)) }
    }),
    route(operations.createApp, async ({ body, caller }) => {
      const app = await inTransaction(store.db, (trx) => createApp(context, trx, {
        name: body.name, description: body.description ?? '', organisation: caller.organisation, ownerId: caller.actor.id, actor: caller.actor,
      }))
      return viewApp(app, [], directory)
    }),
    route(operations.createKey, async ({ params, body, caller }) => {
      const app = await findOwnApp(context, params.id, caller)
      if (app === undefined) throw new AppError('request/not-found')
      const expiresAt = body.expiresAt === undefined || body.expiresAt === null ? null : new Date(body.expiresAt)
      const { key, row } = await inTransaction(store.db, (trx) => createKey(context, trx, { app, name: body.name, expiresAt, actor: caller.actor }))
      return { key, details: viewKey(row) }
    }),
    route(operations.revokeKey, async ({ params, body, caller, reach }) => {
      const app = reach === 'all' ? await findApp(store.db, params.id) : await findOwnApp(context, params.id, caller)
      if (app === undefined) throw new AppError('request/not-found')
      return viewKey(await revokeKey(context, app, params.keyId, body.reason, caller.actor))
    }),
  ]
}
