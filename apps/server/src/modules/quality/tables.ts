import type { Actor, HeldVersion, Naming, QualityGate, QualityRuleState, RuleOutcomeView, RuleParameters, Severity } from '@datong/contracts'
import type { FieldProfile } from '@datong/data-engine'
import type { Dimension, DimensionScore } from '@datong/quality-rules'
import type { ColumnType, Generated, GeneratedAlways } from 'kysely'

/** JSON that is written as text and read as what it says. */
type Json<T> = ColumnType<T, string, string>

/** What a check that every version goes through found; rules of before the catalogue have ids of their own. */
export interface BaselineResult {
  readonly rule: string
  readonly field: string | null
  readonly dimension: Dimension
  /** null when it had nothing to say. */
  readonly score: number | null
  readonly checked: number
  readonly failing: number
  readonly params: Readonly<Record<string, string | number | null>>
}

export interface VersionQualityTable {
  entry_code: string
  version: number
  load_id: string
  row_count: number
  profile: Json<FieldProfile[]>
  overall: number
  stars: number
  dimensions: Json<DimensionScore[]>
  results: Json<BaselineResult[]>
  /** Fields that could be the identifier, the likeliest first. */
  identifier_candidates: string[]
  checked_at: Date
}

export interface Turned {
  readonly by: Actor
  readonly reason: string
  readonly at: string
}

export interface RuleTable {
  id: string
  entry_code: string
  /** Which of the catalogue of rules it is. */
  kind: string
  state: QualityRuleState
  version: number
  revision: number
  created_at: Date
  /** Who let it rest, go on or end last, and why; null for one that nobody did it to. */
  turned: ColumnType<Turned | null, string | null | undefined, string | null>
}

export interface RuleVersionTable {
  rule_id: string
  version: number
  title: string
  /** A person wrote it; otherwise it is what kind and field are called in Chinese. */
  title_typed: boolean
  /** The one field that it is about, if there is one. */
  field: string | null
  dimension: Dimension
  parameters: Json<RuleParameters>
  severity: Severity
  tolerance_share: number
  note: string
  origin: 'suggested' | 'written'
  /** Of kind and parameters: what is in force is not suggested again. */
  fingerprint: string
  changed_at: Date
  changed_by: Json<Actor>
}

export interface DismissedTable {
  entry_code: string
  fingerprint: string
  at: Date
  by: Json<Actor>
}

export interface OutcomeTable {
  entry_code: string
  /** Of the data. */
  version: number
  rule_id: string
  rule_version: number
  verdict: RuleOutcomeView['verdict']
  checked: number
  failed: number
  doubtful: number
  score: number | null
  params: Json<RuleOutcomeView['params']>
  kept: number
  /** The failing rows that were kept, sealed; null where there are none. */
  sealed: Buffer | null
  checked_at: Date
}

/** How good the version in use of an entry is. */
export interface StandingTable {
  entry_code: string
  version: number
  overall: number
  stars: number
  dimensions: Json<DimensionScore[]>
  rules: number
  failing: number
  critical: number
  checked_at: Date
}

/** What the score of an entry was at the end of a day in China, until the day of the next row. */
export interface ScoreDayTable {
  entry_code: string
  day: string
  organisation: string
  /** Whether it counted for its department and the city. */
  published: boolean
  version: number
  overall: number
  stars: number
  /** By dimension; what is missing or null was not measured. */
  scores: Json<Partial<Record<Dimension, number | null>>>
}

export interface GateTable {
  entry_code: string
  holds: QualityGate['holds']
  least_stars: number | null
  revision: number
}

export interface HoldTable {
  entry_code: string
  version: number
  /** `<entry code>/v<number>`: what evidence calls the version. */
  subject: GeneratedAlways<string>
  state: HeldVersion['state']
  /** What programs of before kept has no `naming`. */
  reasons: Json<(Omit<HeldVersion['reasons'][number], 'naming'> & { readonly naming?: Naming })[]>
  stars: number
  held_at: Date
  released_at: Date | null
  released_by: ColumnType<Actor | null, string | null, string | null>
  reason: string | null
}

export interface EndpointTable {
  entry_code: string
  address: string
  kind: 'rows' | 'link'
  /** null: never asked, or must not be. */
  up: Generated<boolean | null>
  status: Generated<number | null>
  milliseconds: Generated<number | null>
  reason: Generated<string | null>
  asked_at: Generated<Date | null>
  /** When it turned as it is. */
  since: Generated<Date | null>
}

export interface EndpointSeenTable {
  entry_code: string
  address: string
  at: Date
  up: boolean | null
  status: number | null
  milliseconds: number
  reason: string | null
}

export interface QualityTables {
  'quality.version': VersionQualityTable
  'quality.rule': RuleTable
  'quality.rule_version': RuleVersionTable
  'quality.dismissed': DismissedTable
  'quality.outcome': OutcomeTable
  'quality.standing': StandingTable
  'quality.score_day': ScoreDayTable
  'quality.gate': GateTable
  'quality.hold': HoldTable
  'quality.endpoint': EndpointTable
  'quality.endpoint_seen': EndpointSeenTable
}
