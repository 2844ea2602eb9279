import type { SharingContext } from '../context.ts'
import { createPurposeStore, type PurposeStore } from '../purposes/index.ts'
import { createDutyStore } from './duty-store.ts'
import { createRuleStore, type RuleStore } from './rule-store.ts'
import { createRulingStore, type RulingStore } from './ruling-store.ts'

export type RulesDeps = Pick<SharingContext, 'db' | 'evidence' | 'catalog' | 'organisations' | 'cursors' | 'clock' | 'random' | 'creditOf'>

export interface RulesContext extends RulesDeps {
  readonly rules: RuleStore
  readonly rulings: RulingStore
  readonly duties: ReturnType<typeof createDutyStore>
  readonly purposes: PurposeStore
}

export const rulesContextOf = (deps: RulesDeps): RulesContext => ({
  ...deps, rules: createRuleStore(deps.db, deps.cursors), rulings: createRulingStore(deps.db), duties: createDutyStore(deps.db), purposes: createPurposeStore(deps.db),
})
