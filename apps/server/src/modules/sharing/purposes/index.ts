import type { Route } from '../../../platform/route.ts'
import type { PurposesDeps } from './context.ts'
import { createPurposeStore } from './purpose-store.ts'
import { purposeRoutes } from './routes.ts'

export { knowledgeOf } from './knowledge.ts'
export { createPurposeStore, type PurposeStore } from './purpose-store.ts'
export { resolvePurpose } from './resolve-purpose.ts'
export { excessOf } from './weigh-need.ts'

/** The catalogue of purposes and the advice on the fields that each needs. */
export const createPurposes = (deps: PurposesDeps): { readonly routes: readonly Route[] } =>
  ({ routes: purposeRoutes({ ...deps, purposes: createPurposeStore(deps.db) }) })
