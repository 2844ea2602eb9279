import { operations } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../platform/caller.ts'
import { type Route, route } from '../../platform/route.ts'
import { type AppRow, findApp, listAppsOf } from './app-store.ts'
import { createApp, findOwnApp, ownerOf } from './apps.ts'
import type { IdentityContext } from './context.ts'
import type { WantedLimits } from './key-limits.ts'
import { listKeysOf } from './key-store.ts'
import { createKey, registerSigningKey, revokeKey } from './keys.ts'
import { rotateKey } from './rotate-key.ts'
import { viewApp, viewKey } from './view.ts'

export function appRoutes(context: IdentityContext): Route[] {
  const { store, directory } = context
  const ownApp = async (id: string, caller: Caller): Promise<AppRow> => {
    const app = await findOwnApp(context, id, caller)
    if (app === undefined) throw new AppError('request/not-found')
    return app
  }
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
      const app = await ownApp(params.id, caller)
      const { key, row } = await inTransaction(store.db, (trx) => createKey(context, trx, { app, name: body.name, limits: limitsIn(body), actor: caller.actor }))
      return { key, details: viewKey(row) }
    }),
    route(operations.registerSigningKey, async ({ params, body, caller }) => {
      const app = await ownApp(params.id, caller)
      const { name, publicKey } = body
      return viewKey(await inTransaction(store.db, (trx) => registerSigningKey(context, trx, { app, name, publicKey, limits: limitsIn(body), actor: caller.actor })))
    }),
    route(operations.rotateKey, async ({ params, body, caller }) => {
      const app = await ownApp(params.id, caller)
      const { key, row, previous } = await rotateKey(context, {
        app, keyId: params.keyId, overlapHours: body.overlapHours, expiresAt: dateIn(body.expiresAt), publicKey: body.publicKey ?? null, actor: caller.actor,
      })
      return { key, details: viewKey(row), previous: viewKey(previous) }
    }),
    route(operations.revokeKey, async ({ params, body, caller, reach }) => {
      const app = reach === 'all' ? await findApp(store.db, params.id) : await findOwnApp(context, params.id, caller)
      if (app === undefined) throw new AppError('request/not-found')
      return viewKey(await revokeKey(context, app, params.keyId, body.reason, caller.actor))
    }),
  ]
}

const dateIn = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text))

const limitsIn = ({ expiresAt, ...limits }: Omit<WantedLimits, 'expiresAt'> & { readonly expiresAt?: string }): WantedLimits => ({ ...limits, expiresAt: dateIn(expiresAt) })
