import { RULE_IDS, type RuleDefinition, type RuleId, type RuleResult, type VersionFigures } from './rule.ts'
import { duplicateRows } from './rules/duplicate-rows.ts'
import { fillRate } from './rules/fill-rate.ts'
import { garbledText } from './rules/garbled-text.ts'
import { namedFields } from './rules/named-fields.ts'
import { placeholderShare } from './rules/placeholder-share.ts'
import { recognisedValidity } from './rules/recognised-validity.ts'
import { singleForm } from './rules/single-form.ts'
import { typeConformity } from './rules/type-conformity.ts'
import { uniqueKey } from './rules/unique-key.ts'
import { upToDate } from './rules/up-to-date.ts'

/** Every rule by its id. A new one is a file in `rules/`, its id in `rule.ts`, and a line here. */
export const RULES = {
  'fill-rate': fillRate,
  'placeholder-share': placeholderShare,
  'recognised-validity': recognisedValidity,
  'type-conformity': typeConformity,
  'named-fields': namedFields,
  'unique-key': uniqueKey,
  'duplicate-rows': duplicateRows,
  'garbled-text': garbledText,
  'single-form': singleForm,
  'up-to-date': upToDate,
} satisfies Record<RuleId, RuleDefinition>

/** Every message key that a result can carry, for the test of the translations. */
export const MESSAGE_KEYS: readonly string[] = RULE_IDS.flatMap((id) => RULES[id].messages)

/** Runs every rule over the figures of a version. */
export const evaluateVersion = (figures: VersionFigures): RuleResult[] => RULE_IDS.flatMap((id) => RULES[id].evaluate(figures))
