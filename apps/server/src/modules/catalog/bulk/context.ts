import type { OrganisationRef } from '@datong/contracts'
import type { CatalogContext } from '../context.ts'
import type { Search } from '../search/search.ts'
import type { BulkStore } from './bulk-store.ts'
import { foldName } from './columns.ts'
import type { Organisations } from './plan-rows.ts'

/** What imports and exports of entries work with. */
export interface BulkContext extends CatalogContext {
  readonly bulk: BulkStore
  readonly find: Search['find']
  readonly settled: () => Promise<void>
}

const LONGEST_NAME = 300
const IN_BRACKETS = /[【[(（]([^】\])）]+)[】\])）]\s*$/

/** Organisations by code, name in either language, or a name that holds one: `380160000A 【地政局】` names 地政局. */
export function directoryOf({ organisations }: Pick<CatalogContext, 'organisations'>): Organisations {
  const byName = new Map((organisations.list?.() ?? []).flatMap(({ code, name, nameEn }): [string, string][] => [code, name, nameEn].map((key) => [foldName(key), code])))
  const named = (text: string): string | undefined => byName.get(foldName(text))
  return {
    ref: (code): OrganisationRef => organisations.ref(code),
    find: (text) => named(text) ?? named(IN_BRACKETS.exec(text.slice(-LONGEST_NAME))?.[1] ?? ''),
  }
}
