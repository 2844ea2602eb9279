import type { Actor, ImportLine, STANDARD_KINDS, STANDARD_STATES, StandardsImport } from '@datong/contracts'
import type { AspectScore, Candidate, Code, CodeList, DataElement, Reason } from '@datong/standards'
import type { ColumnType } from 'kysely'

type Json<T> = ColumnType<T, string, string>
export type StandardKind = (typeof STANDARD_KINDS)[number]
export type StandardState = (typeof STANDARD_STATES)[number]

/** What is said of a code list, apart from its codes. */
export type ListBody = Pick<CodeList, 'id' | 'name' | 'nameEn' | 'source' | 'confirmed' | 'hierarchy' | 'levels'>
/** The codes of one version. */
export interface CodesBody {
  readonly codes: readonly Code[]
  readonly partial: boolean
}

export interface ItemTable {
  key: string
  kind: StandardKind
  id: string
  state: StandardState
  version: number
  body: Json<DataElement | ListBody>
  proposal: ColumnType<DataElement | null, string | null, string | null>
  abolished_from: string | null
  replaced_by: string | null
  revision: number
  changed_at: Date
}

export interface ItemVersionTable {
  key: string
  version: number
  label: string
  in_force_from: string
  body: Json<DataElement | CodesBody>
  reason: string
  published_at: Date | null
  published_by: ColumnType<Actor | null, string | null, never>
}

/** What an import would put in place, read from its file. */
export type ImportContent = { readonly elements: readonly DataElement[] } | { readonly list: ListBody; readonly codes: readonly Code[] }

/** How to take an import back: the revision that it made, and the one that it found (null: nothing was there but perhaps a seed). */
export interface UndoStep {
  readonly key: string
  readonly made: number
  readonly version: number
  readonly before: { readonly state: StandardState; readonly version: number; readonly body: DataElement | ListBody; readonly proposal: DataElement | null } | null
}

export interface ImportTable {
  id: string
  kind: StandardKind
  list: string | null
  label: string
  file_name: string
  state: 'previewed' | 'applied' | 'undone'
  in_force_from: string
  content: Json<ImportContent>
  lines: Json<ImportLine[]>
  counts: Json<StandardsImport['counts']>
  undo: ColumnType<UndoStep[] | null, string | null, string | null>
  made_at: Date
  made_by: Json<Actor>
  applied_at: Date | null
  undone_at: Date | null
}

/** One field of an entry as it was measured; never a value of it. */
export interface MeasuredField {
  readonly name: string
  readonly element: string | null
  readonly confirmed: boolean
  readonly codeList: string | null
  readonly candidates: readonly Candidate[]
  readonly conforms: boolean | null
  readonly aspects: readonly AspectScore[]
  readonly faults: readonly Reason[]
}

export interface MappingTable {
  entry_code: string
  organisation: string
  title: string
  version: number | null
  fields: Json<MeasuredField[]>
  names: string[]
  field_count: number
  mapped: number
  conforming: number
  measured_at: Date
}

export interface LearntTable {
  organisation: string
  name: string
  element: string
  shown: string
  entry_code: string
  learnt_at: Date
}

export interface StandardsTables {
  'standards.item': ItemTable
  'standards.item_version': ItemVersionTable
  'standards.import': ImportTable
  'standards.mapping': MappingTable
  'standards.learnt': LearntTable
}
