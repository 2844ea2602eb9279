import type { Actor } from '@datong/contracts'
import { uuidv7 } from '@datong/kernel'
import type { Trx } from '@datong/metadata-store'
import type { Caller } from '../../platform/caller.ts'
import { type AppOwner, type AppRow, findApp, insertApp } from './app-store.ts'
import type { IdentityContext } from './context.ts'
import { partiesOf } from './deps.ts'

export interface NewApp {
  readonly name: string
  readonly description?: string
  readonly organisation: string | null
  /** The person who registers it; he alone owns it when there is no organisation. */
  readonly ownerId: string
  readonly actor: Actor
}

/** Registers an application (system) in the caller's transaction. */
export async function createApp(context: IdentityContext, trx: Trx, app: NewApp): Promise<AppRow> {
  const { clock, random, evidence } = context
  const row: AppRow = {
    id: uuidv7(clock, random), name: app.name, description: app.description ?? '', organisation_code: app.organisation,
    owner_id: app.organisation === null ? app.ownerId : null, created_at: clock.now(),
  }
  await insertApp(trx, row)
  await evidence.record(trx, {
    chain: 'decision', action: 'identity.app.registered', actor: app.actor, parties: partiesOf(app.organisation),
    subject: { type: 'app', id: row.id, title: row.name }, detail: { organisation: app.organisation },
  })
  return row
}

/** Whose apps a person sees: those of his organisation; without one, his own. */
export const ownerOf = (caller: Caller): AppOwner =>
  caller.organisation === null ? { ownerId: caller.actor.id } : { organisation: caller.organisation }

const ownsApp = (caller: Caller, app: AppRow): boolean =>
  app.organisation_code === null ? app.owner_id === caller.actor.id : app.organisation_code === caller.organisation

/** The app when it is the caller's; otherwise as if it did not exist. */
export async function findOwnApp({ store }: IdentityContext, id: string, caller: Caller): Promise<AppRow | undefined> {
  const app = await findApp(store.db, id)
  return app !== undefined && ownsApp(caller, app) ? app : undefined
}
