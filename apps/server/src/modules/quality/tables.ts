import type { FieldProfile } from '@datong/data-engine'
import type { DimensionScore, RuleResult } from '@datong/quality-rules'
import type { ColumnType } from 'kysely'

/** JSON that is written as text and read as what it says. */
type Json<T> = ColumnType<T, string, string>

export interface VersionQualityTable {
  entry_code: string
  version: number
  load_id: string
  row_count: number
  profile: Json<FieldProfile[]>
  overall: number
  stars: number
  dimensions: Json<DimensionScore[]>
  results: Json<RuleResult[]>
  /** Fields that could be the identifier, the likeliest first. */
  identifier_candidates: string[]
  checked_at: Date
}

export interface QualityTables {
  'quality.version': VersionQualityTable
}
