import { RULE_IDS, type RuleDefinition, type RuleId } from './rule.ts'
import { addressLevel } from './rules/address-level.ts'
import { citizenNumber } from './rules/citizen-number.ts'
import { citizenNumberAgrees } from './rules/citizen-number-agrees.ts'
import { codeSet } from './rules/code-set.ts'
import { columnOrder } from './rules/column-order.ts'
import { creditCode } from './rules/credit-code.ts'
import { dependency } from './rules/dependency.ts'
import { divisionValid } from './rules/division-valid.ts'
import { duplicateRows } from './rules/duplicate-rows.ts'
import { elementConformity } from './rules/element-conformity.ts'
import { eventLag } from './rules/event-lag.ts'
import { garbledText } from './rules/garbled-text.ts'
import { keyCoverage } from './rules/key-coverage.ts'
import { luhn } from './rules/luhn.ts'
import { mostPerKey } from './rules/most-per-key.ts'
import { nearDuplicates } from './rules/near-duplicates.ts'
import { newValue } from './rules/new-value.ts'
import { notBlank } from './rules/not-blank.ts'
import { notNull } from './rules/not-null.ts'
import { outliers } from './rules/outliers.ts'
import { pattern } from './rules/pattern.ts'
import { phone } from './rules/phone.ts'
import { plate } from './rules/plate.ts'
import { precisionAndUnit } from './rules/precision-and-unit.ts'
import { reachable } from './rules/reachable.ts'
import { realDate } from './rules/real-date.ts'
import { recordFilled } from './rules/record-filled.ts'
import { reference } from './rules/reference.ts'
import { requiredIf } from './rules/required-if.ts'
import { rowCount } from './rules/row-count.ts'
import { sameElsewhere } from './rules/same-elsewhere.ts'
import { schemaMatch } from './rules/schema-match.ts'
import { strayCharacters } from './rules/stray-characters.ts'
import { sumsAgree } from './rules/sums-agree.ts'
import { textLength } from './rules/text-length.ts'
import { unique } from './rules/unique.ts'
import { upToDate } from './rules/up-to-date.ts'
import { valueRange } from './rules/value-range.ts'
import { valueType } from './rules/value-type.ts'
import { volume } from './rules/volume.ts'

/** The forty rules by their ids. A new one is a file in `rules/`, its id in `rule.ts`, and a line here. */
export const RULE_CATALOGUE = {
  'schema-match': schemaMatch,
  'element-conformity': elementConformity,
  'code-set': codeSet,
  'division-valid': divisionValid,
  'value-type': valueType,
  'precision-and-unit': precisionAndUnit,
  'new-value': newValue,
  'not-null': notNull,
  'not-blank': notBlank,
  'required-if': requiredIf,
  'row-count': rowCount,
  'record-filled': recordFilled,
  'key-coverage': keyCoverage,
  pattern,
  'text-length': textLength,
  'real-date': realDate,
  'value-range': valueRange,
  'column-order': columnOrder,
  'citizen-number': citizenNumber,
  'citizen-number-agrees': citizenNumberAgrees,
  'credit-code': creditCode,
  luhn,
  phone,
  plate,
  unique,
  'duplicate-rows': duplicateRows,
  'near-duplicates': nearDuplicates,
  outliers,
  'garbled-text': garbledText,
  'stray-characters': strayCharacters,
  'address-level': addressLevel,
  reference,
  'same-elsewhere': sameElsewhere,
  dependency,
  'most-per-key': mostPerKey,
  'sums-agree': sumsAgree,
  'up-to-date': upToDate,
  'event-lag': eventLag,
  volume,
  reachable,
} satisfies Record<RuleId, RuleDefinition>

const IDS: ReadonlySet<string> = new Set(RULE_IDS)

/** Whether a text, from a store or from outside, is the id of a rule. */
export const isRuleId = (text: string): text is RuleId => IDS.has(text)

export const definitionOf = (id: RuleId): RuleDefinition => RULE_CATALOGUE[id]
