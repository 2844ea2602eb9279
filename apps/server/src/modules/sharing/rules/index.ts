import type { Route } from '../../../platform/route.ts'
import { type RulesDeps, rulesContextOf } from './context.ts'
import { ruleRoutes } from './routes.ts'

export { rulesContextOf } from './context.ts'
export { type Decided, decideByRules, keepRuling } from './decide-by-rules.ts'

/** Decision rules: written, tested, activated, and asked when an application is filed. */
export const createRules = (deps: RulesDeps): { readonly routes: readonly Route[] } => ({ routes: ruleRoutes(rulesContextOf(deps)) })
