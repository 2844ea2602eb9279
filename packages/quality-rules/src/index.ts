export { countVerdicts, type Verdict, type VerdictCounts } from './count-verdicts.ts'
export { evaluateVersion, MESSAGE_KEYS, RULES } from './registry.ts'
export {
  type Dimension,
  DIMENSIONS,
  type FieldFigures,
  RULE_IDS,
  type RuleDefinition,
  type RuleId,
  type RuleResult,
  type VersionFigures,
} from './rule.ts'
export { DIMENSION_WEIGHTS, type DimensionScore, scoreVersion, STAR_THRESHOLDS, type VersionScore } from './score-version.ts'
export { isGarbled } from './text/garbled.ts'
export { isPlaceholder, PLACEHOLDERS } from './text/placeholders.ts'
