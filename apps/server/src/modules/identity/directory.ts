import type { Actor, Organisation, OrganisationRef } from '@datong/contracts'
import { inTransaction, notify, type Subscription } from '@datong/metadata-store'
import { DIRECTORY_CHANNEL, type IdentityDeps } from './deps.ts'
import { addOrganisation, addRegions, listOrganisations, type Region } from './organisation-store.ts'

/** Organisations, kept in memory: few, seldom changed, and asked for by every view. */
export interface Directory {
  find(code: string): Organisation | undefined
  /** For showing; a code that is not known is its own name. */
  ref(code: string): OrganisationRef
  list(): readonly Organisation[]
  /** Adds regions and organisations that are missing; those that are there stay as they are. */
  add(input: { readonly regions?: readonly Region[]; readonly organisations?: readonly Organisation[] }, actor: Actor): Promise<void>
  refresh(): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

export function createDirectory({ store, evidence, log }: IdentityDeps): Directory {
  let byCode = new Map<string, Organisation>()
  let subscription: Subscription | undefined
  const refresh = async (): Promise<void> => {
    byCode = new Map((await listOrganisations(store.db)).map((organisation) => [organisation.code, organisation]))
  }
  const refreshSoon = (): void => void refresh().catch((error: unknown) => log.error({ err: error }, 'the organisations could not be read anew'))
  return {
    find: (code) => byCode.get(code),
    ref: (code) => {
      const { name, nameEn } = byCode.get(code) ?? { name: code, nameEn: code }
      return { code, name, nameEn }
    },
    list: () => [...byCode.values()],
    refresh,
    add: async ({ regions = [], organisations = [] }, actor) => {
      await inTransaction(store.db, async (trx) => {
        await addRegions(trx, regions)
        for (const organisation of organisations) {
          if (!(await addOrganisation(trx, organisation))) continue
          await evidence.record(trx, {
            chain: 'decision', action: 'identity.organisation.added', actor, parties: [organisation.code],
            subject: { type: 'organisation', id: organisation.code, title: organisation.name },
            detail: { kind: organisation.kind, regionCode: organisation.regionCode },
          })
        }
        await notify(trx, DIRECTORY_CHANNEL, '')
      })
      await refresh()
    },
    start: async () => {
      subscription = await store.listen(DIRECTORY_CHANNEL, refreshSoon, { onRestored: refreshSoon })
      await refresh()
    },
    stop: async () => subscription?.close(),
  }
}
