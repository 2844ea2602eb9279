import type { EntryRecord } from '../../catalog/index.ts'
import { type LineageInput, lineageOfFile } from '../versions/lineage.ts'
import type { VersionRow } from '../versions/version-store.ts'
import type { ViewVersionRow } from '../views/tables.ts'
import { originsOf } from './field-origins.ts'

/** The specification that events keep to. @see https://openlineage.io/spec/2-0-2/OpenLineage.json */
const SPEC = 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent'
const facetUrl = (version: string, name: string): string => `https://openlineage.io/spec/facets/${version}/${name}.json#/$defs/${name}`

/** Who says so, and the name of the place in which entries are data sets. */
export interface Teller {
  /** URI of this installation's program. */
  readonly producer: string
  readonly namespace: string
}

export interface ToldVersion {
  readonly entry: EntryRecord
  readonly organisation: string
  readonly version: VersionRow
  readonly startedAt: Date
  /** The definition that it was made by, for a view. */
  readonly view: ViewVersionRow | undefined
}

type Json = Record<string, unknown>
interface Dataset {
  readonly namespace: string
  readonly name: string
}

/** The run that made a version: that it began, and that it completed with its data set, its columns' lineage and its figures. */
export function runEvents(teller: Teller, told: ToldVersion): Json[] {
  const { entry, version, view, startedAt } = told
  const facet = (url: string, content: Json): Json => ({ _producer: teller.producer, _schemaURL: url, ...content })
  const lineage = version.lineage ?? lineageOfFile(version.source, version.manifest.source.sha256)
  const inputs = lineage.inputs.map((input) => ({ dataset: datasetOf(teller, input), input }))
  const job = {
    namespace: teller.namespace, name: `${view === undefined ? 'load' : 'view'}/${entry.code}`,
    facets: {
      jobType: facet(facetUrl('2-0-4', 'JobTypeJobFacet'), { processingType: 'BATCH', integration: 'DATONG', jobType: view === undefined ? 'LOAD' : 'VIEW' }),
      ...(view === undefined ? {} : { sql: facet(facetUrl('1-1-0', 'SQLJobFacet'), { query: view.sql, dialect: 'postgres' }) }),
    },
  }
  const event = (eventType: 'START' | 'COMPLETE', at: Date, rest: Json): Json => ({
    eventType, eventTime: at.toISOString(), producer: teller.producer, schemaURL: SPEC, run: { runId: version.load_id, facets: {} }, job, ...rest,
  })
  const read = inputs.map(({ dataset, input }) => ({
    ...dataset, facets: input.kind === 'version' ? { version: facet(facetUrl('1-0-1', 'DatasetVersionDatasetFacet'), { datasetVersion: String(input.version) }) } : {},
  }))
  return [
    event('START', startedAt, { inputs: [], outputs: [] }),
    event('COMPLETE', version.created_at, { inputs: distinct(read), outputs: [outputOf(teller, told, lineage, inputs.map(({ dataset }) => dataset), facet)] }),
  ]
}

function outputOf(teller: Teller, { entry, organisation, version }: ToldVersion, lineage: NonNullable<VersionRow['lineage']>, inputs: readonly Dataset[], facet: (url: string, content: Json) => Json): Json {
  const described = new Map(entry.fields.map(({ name, description }) => [name, description]))
  const { fields, files } = version.manifest
  const origins = originsOf(lineage, fields.map(({ name }) => name), entry.code)
  const inputField = ({ input, field }: { readonly input: number; readonly field: string }, transformation: Json): Json => ({ ...inputs[input], field, transformations: [transformation] })
  return {
    namespace: teller.namespace, name: entry.code,
    facets: {
      schema: facet(facetUrl('1-2-0', 'SchemaDatasetFacet'), { fields: fields.map(({ name, type }) => ({ name, type, ...(described.get(name) ? { description: described.get(name) } : {}) })) }),
      version: facet(facetUrl('1-0-1', 'DatasetVersionDatasetFacet'), { datasetVersion: String(version.number) }),
      documentation: facet(facetUrl('1-1-0', 'DocumentationDatasetFacet'), { description: entry.summary === '' ? entry.title : `${entry.title}\n${entry.summary}` }),
      ownership: facet(facetUrl('1-0-1', 'OwnershipDatasetFacet'), { owners: [{ name: `organisation:${entry.organisation}`, type: organisation }] }),
      columnLineage: facet(facetUrl('1-2-0', 'ColumnLineageDatasetFacet'), {
        fields: Object.fromEntries(origins.map(({ field, from, how }) => [field, { inputFields: from.map((one) => inputField(one, directOf(how))) }])),
        dataset: (lineage.conditions ?? []).map((one) => inputField(one, { type: 'INDIRECT', subtype: INDIRECT[one.how] })),
      }),
    },
    outputFacets: {
      outputStatistics: facet(facetUrl('1-0-2', 'OutputStatisticsOutputDatasetFacet'), { rowCount: version.row_count, size: version.bytes, fileCount: files.length }),
    },
  }
}

const INDIRECT = { join: 'JOIN', filter: 'FILTER', group: 'GROUP_BY', sort: 'SORT' } as const
const AGGREGATE = /\b(count|sum|avg|min|max|median|bool_and|bool_or|string_agg|std(dev)?\w*|var\w*)\(/

const directOf = (how: string): Json =>
  how === 'same' ? { type: 'DIRECT', subtype: 'IDENTITY' } : { type: 'DIRECT', subtype: AGGREGATE.test(how) ? 'AGGREGATION' : 'TRANSFORMATION', description: how }

function datasetOf({ namespace }: Teller, input: LineageInput): Dataset {
  switch (input.kind) {
    case 'version':
      return { namespace, name: input.entryCode }
    case 'file':
      return { namespace: `${namespace}/files`, name: `${input.name}@${input.sha256}` }
    case 'source':
      return { namespace: `${namespace}/sources/${input.id}`, name: input.object }
    case 'form':
      return { namespace: `${namespace}/forms`, name: input.id }
  }
}

const distinct = (datasets: readonly (Dataset & Json)[]): Json[] => [...new Map(datasets.map((one) => [`${one.namespace} ${one.name}`, one])).values()]
