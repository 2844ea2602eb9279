import type { MqaBand, MqaScore } from '@datong/catalog-metadata'
import type { ColumnType, JSONColumnType } from 'kysely'

export interface MetadataScoreTable {
  entry_code: string
  organisation: string
  title: string
  points: ColumnType<string, number>
  band: MqaBand
  indicators: JSONColumnType<MqaScore['indicators']>
  completeness: ColumnType<string, number>
  missing: string[]
  described_at: Date
  computed_at: Date
}

export interface InterchangeTables {
  'interchange.metadata_score': MetadataScoreTable
  'interchange.link_check': { entry_code: string; url: string; reached: boolean | null; checked_at: Date | null }
}
