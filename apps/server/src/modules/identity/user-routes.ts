import { operations } from '@datong/contracts'
import { type Route, route } from '../../platform/route.ts'
import { listAccounts } from './account-store.ts'
import { actOnUser } from './act-on-user.ts'
import type { IdentityContext } from './context.ts'
import { createUser } from './create-user.ts'
import { listRegions } from './organisation-store.ts'
import { mergeOrganisation } from './mergers/merge-organisation.ts'
import { setRoles } from './set-roles.ts'
import { viewUser } from './view.ts'

export function userRoutes(context: IdentityContext): Route[] {
  const { store, directory, cursors } = context
  return [
    route(operations.listRegions, async ({ query }) => ({ items: await listRegions(store.db, query.parent) })),
    route(operations.listOrganisations, async () => ({ items: [...directory.list()] })),
    route(operations.mergeOrganisation, ({ params, body, caller }) => mergeOrganisation(context, params.code, body, caller.actor)),
    route(operations.listUsers, async ({ query }) => {
      const { limit = 20, cursor, q, organisation } = query
      const fingerprint = ['listUsers', q ?? null, organisation ?? null]
      const after = cursor === undefined ? undefined : String(cursors.decode(fingerprint, cursor)[0])
      const { accounts, total } = await listAccounts(store.db, { q, organisation }, after, limit + 1)
      const page = accounts.slice(0, limit)
      const last = page.at(-1)
      return {
        items: page.map((account) => viewUser(account, directory)), total,
        nextCursor: accounts.length > limit && last !== undefined ? cursors.encode(fingerprint, [last.username]) : null,
      }
    }),
    route(operations.createUser, async ({ body, caller }) => {
      const { account, password } = await createUser(context, { username: body.username, name: body.name, organisation: body.organisation }, caller.actor)
      return { user: viewUser(account, directory), password }
    }),
    route(operations.actOnUser, async ({ params, body, caller }) =>
      viewUser(await actOnUser(context, params.id, params.action, body.reason, caller), directory)),
    route(operations.setRoles, async ({ params, body, caller }) =>
      viewUser(await setRoles(context, params.id, body.roles, body.reason, caller), directory)),
  ]
}
