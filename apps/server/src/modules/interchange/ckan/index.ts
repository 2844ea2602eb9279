import { toCkanPackage } from '@datong/catalog-metadata'
import { PUBLIC_CALLER } from '../../../platform/caller.ts'
import type { PlainRoute } from '../../../platform/route.ts'
import type { EntryRecord } from '../../catalog/index.ts'
import type { FacesDeps } from '../context.ts'
import { describe } from '../dataset/describe.ts'
import { baseOf } from '../web/origin.ts'
import type { CkanDeps } from './action.ts'
import { ckanRoutes } from './routes.ts'

/** Forms of our own whose rows `datastore_search` answers under their resource. */
const QUERIED = new Set(['csv', 'api'])
const NONE: ReadonlySet<string> = new Set()

/** A package as everybody gets it who may see the entry. */
export const packageOf = (deps: FacesDeps): CkanDeps['packageOf'] => (entry, base) => toCkanPackage(describe(deps, entry, base, NONE), {
  isPrivate: !deps.catalog.isVisible(entry, PUBLIC_CALLER), state: stateOf(entry), datastore: entry.openingType === 'open' && entry.version !== null ? QUERIED : NONE,
})

/** CKAN's interface over the catalogue and delivery. */
export function createCkan(deps: FacesDeps): PlainRoute[] {
  return ckanRoutes({
    db: deps.db, catalog: deps.catalog, questions: deps.questions, organisations: deps.organisations, clock: deps.clock, log: deps.log, packageOf: packageOf(deps),
    authenticate: deps.authenticate, baseOf: (request) => baseOf(deps, request),
  })
}

const stateOf = ({ state }: EntryRecord): 'active' | 'draft' | 'deleted' => (state === 'published' ? 'active' : state === 'withdrawn' ? 'deleted' : 'draft')
