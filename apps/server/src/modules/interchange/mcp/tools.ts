import { themeOf, type CkanResource } from '@datong/catalog-metadata'
import { THEMES } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { Type, type Static, type TObject } from 'typebox'
import type { EntryCondition, EntryRecord } from '../../catalog/index.ts'
import type { TableQuestion } from '../../delivery/index.ts'
import type { McpDeps, Tool, ToolAnswer, ToolCall } from './tool.ts'

/** Binds a tool's work to the types of its input. */
function tool<I extends TObject>(described: Omit<Tool, 'run' | 'input'> & { input: I; run(given: Static<I>, call: ToolCall): Promise<ToolAnswer> }): Tool {
  // The caller checked the input against the very schema.
  return { ...described, run: (given, call) => described.run(given as Static<I>, call) }
}

const Words = (description: string, maxLength = 200) => Type.String({ description, maxLength })
const Count = (description: string, maximum: number, fallback: number) => Type.Optional(Type.Integer({ description, minimum: 1, maximum, default: fallback }))
const Offset = Type.Optional(Type.Integer({ description: 'How many to skip', minimum: 0, maximum: 1_000_000, default: 0 }))
const DatasetId = Words('Code of the data set, such as 306007-000123', 40)
const Objects = Type.Array(Type.Record(Type.String(), Type.Unknown()))

/** Rows that a model gets at once: what it reads costs its reader. */
const MOST_ROWS = 200
/** Of an answer's rows as JSON, in characters. */
const LARGEST_ROWS = 200_000

/** The five tools, each with the grants, masks, quotas and evidence of any other call. */
export function toolsOf(deps: McpDeps): readonly Tool[] {
  const { catalog, organisations, questions } = deps
  const summaryOf = (entry: EntryRecord) => ({
    id: entry.code, title: entry.title, summary: entry.summary.slice(0, 500), organization: organisations.find(entry.organisation)?.name ?? entry.organisation, theme: themeOf(entry.theme).label['zh-CN'] ?? entry.theme,
    keywords: entry.keywords, opening: entry.openingType, rows: entry.rowCount, updated: (entry.dataUpdatedAt ?? entry.changedAt).toISOString(),
  })
  const visible = (code: string, { caller }: ToolCall): Promise<EntryRecord> => catalog.requireVisible(code.trim(), caller)

  return [
    tool({
      name: 'search_datasets', title: 'Search data sets',
      description: 'Finds data sets of the catalogue by Chinese or English words, organisation, theme or format. Start here.',
      input: Type.Object({
        query: Type.Optional(Words('Words that the data set is described by; empty for all')), organization: Type.Optional(Words('Name, part of a name, or code of an organisation')),
        theme: Type.Optional(Type.Enum(THEMES, { description: 'Theme' })), open_only: Type.Optional(Type.Boolean({ description: 'Only data whose rows everybody may read', default: false })), limit: Count('Most data sets', 50, 10), offset: Offset,
      }),
      output: Type.Object({ total: Type.Integer(), datasets: Objects }),
      async run({ query = '', organization, theme, open_only: openOnly = false, limit = 10, offset = 0 }, { caller }) {
        const codes = organization === undefined ? null : organisationsCalled(deps, organization)
        const all: EntryCondition[] = [
          ...(query.trim() === '' ? [] : [{ words: query, in: 'everywhere' } as const]), ...(theme === undefined ? [] : [exactly('theme', theme)]),
          ...(codes === null ? [] : [{ any: codes.map((code) => exactly('organisation', code)) }]), ...(openOnly ? [{ format: 'CSV', ours: true }] : []),
        ]
        const found = await catalog.select({ condition: { all }, order: [{ by: 'score', descending: true }, { by: 'changedAt', descending: true }], words: query, limit, offset, facets: [], formats: [], publicOnly: false }, caller)
        return { content: { total: found.total, datasets: found.items.map(summaryOf) } }
      },
    }),
    tool({
      name: 'get_dataset_info', title: 'Describe a data set',
      description: 'Tells everything about one data set: its description, conditions, fields with their meaning, and where it comes from.',
      input: Type.Object({ dataset_id: DatasetId }),
      output: Type.Object({ dataset: Type.Record(Type.String(), Type.Unknown()), fields: Objects }),
      async run({ dataset_id: id }, call) {
        const entry = await visible(id, call)
        const { resources: _, ...described } = deps.packageOf(entry, call.base)
        return {
          content: {
            dataset: { ...summaryOf(entry), ...described, update_cycle: entry.updateCycle },
            fields: entry.fields.map(({ name, type, description, unit, codeList, identifier, masking }) => ({ name, type, description, unit, code_list: codeList, identifies: identifier, masked: masking !== null })),
          },
        }
      },
    }),
    tool({
      name: 'list_dataset_resources', title: 'List the resources of a data set',
      description: 'Lists the files and interfaces of a data set, with formats and addresses.',
      input: Type.Object({ dataset_id: DatasetId }),
      output: Type.Object({ resources: Objects }),
      async run({ dataset_id: id }, call) {
        const { resources } = deps.packageOf(await visible(id, call), call.base)
        return { content: { resources: resources.map(({ id: resourceId, name, description, url, format, mimetype, datastore_active: queryable }: CkanResource) => ({ id: resourceId, name, description, url, format, mimetype, queryable })) } }
      },
    }),
    tool({
      name: 'query_resource_data', title: 'Read rows of a data set',
      description: `Reads rows of one data set by conditions, at most ${MOST_ROWS} at a time. Masked fields can be read, not compared. Ask get_dataset_info for the fields first.`,
      input: Type.Object({
        dataset_id: DatasetId, fields: Type.Optional(Type.Array(Words('Name of a field'), { description: 'Fields to read; all when left out', maxItems: 200 })),
        filters: Type.Optional(Type.Array(Type.Object({
          field: Words('Name of a field'), op: Type.Optional(Type.Enum(['eq', 'in', 'gt', 'gte', 'lt', 'lte'], { default: 'eq' })),
          value: Type.Union([Type.String({ maxLength: 1_000 }), Type.Number(), Type.Boolean(), Type.Array(Type.Union([Type.String({ maxLength: 1_000 }), Type.Number()]), { maxItems: 200 })]),
        }), { description: 'Conditions that must all hold', maxItems: 20 })),
        words: Type.Optional(Words('Words that must stand somewhere in the row')), sort: Type.Optional(Words('Field to sort by; with - in front from the greatest')), limit: Count('Most rows', MOST_ROWS, 20), offset: Offset,
      }),
      output: Type.Object({ fields: Objects, rows: Objects, total: Type.Integer(), truncated: Type.Boolean() }),
      async run(given, { asker }) {
        let content: Record<string, unknown> = {}
        const { receipts } = await questions.ask(asker, given.dataset_id.trim(), questionOf(given), ({ columns, rows, total, truncated }) => {
          const kept: Record<string, unknown>[] = []
          let size = 0
          for (const row of rows) {
            const record = Object.fromEntries(columns.map(({ name }, index) => [name, row[index]]))
            size += JSON.stringify(record).length
            if (size > LARGEST_ROWS) break
            kept.push(record)
          }
          content = { fields: columns.map(({ name, type, description }) => ({ name, type, description })), rows: kept, total: total ?? kept.length, truncated: truncated || kept.length < rows.length }
          return JSON.stringify(content)
        })
        return { content, receipts }
      },
    }),
    tool({
      name: 'search_organizations', title: 'Search organisations',
      description: 'Finds departments that provide data, with how many data sets each shows.',
      input: Type.Object({ query: Type.Optional(Words('Part of the name, or the code')), limit: Count('Most organisations', 100, 20), offset: Offset }),
      output: Type.Object({ total: Type.Integer(), organizations: Objects }),
      async run({ query = '', limit = 20, offset = 0 }, { caller }) {
        const { facets } = await catalog.select({ condition: { all: [] }, order: [], words: '', limit: 0, offset: 0, facets: ['organisation'], formats: [], publicOnly: false }, caller)
        const counts = new Map(facets.organisation?.map(({ value, count }) => [value, count]))
        const found = organisationsCalled(deps, query).map((code) => ({ id: code, name: organisations.find(code)?.name ?? code, name_en: organisations.find(code)?.nameEn ?? '', datasets: counts.get(code) ?? 0 })).sort((a, b) => b.datasets - a.datasets || (a.id < b.id ? -1 : 1))
        return { content: { total: found.length, organizations: found.slice(offset, offset + limit) } }
      },
    }),
  ]
}

const exactly = (text: 'theme' | 'organisation', is: string): EntryCondition => ({ text, is, pattern: false, anyCase: false })

function organisationsCalled({ organisations }: McpDeps, words: string): string[] {
  const wanted = words.trim().toLowerCase()
  return organisations.list().filter(({ code, name, nameEn, shortName }) => [code, name, nameEn, shortName].some((text) => text.toLowerCase().includes(wanted))).map(({ code }) => code)
}

interface Asked {
  readonly dataset_id: string
  readonly fields?: readonly string[]
  readonly filters?: readonly { readonly field: string; readonly op?: string; readonly value: string | number | boolean | readonly (string | number)[] }[]
  readonly words?: string
  readonly sort?: string
  readonly limit?: number
  readonly offset?: number
}

const OPERATORS = ['eq', 'in', 'gt', 'gte', 'lt', 'lte'] as const

function questionOf({ fields, filters = [], words = '', sort = '', limit = 20, offset = 0 }: Asked): TableQuestion {
  return {
    fields: fields === undefined || fields.length === 0 ? null : fields,
    conditions: filters.map(({ field, op, value }) => {
      const values = (Array.isArray(value) ? value : [value]).map(String)
      const operator = OPERATORS.find((one) => one === op) ?? (values.length > 1 ? 'in' : 'eq')
      if (operator !== 'in' && values.length > 1) throw new AppError('delivery/invalid-query', {}, [{ pointer: '/filters', code: 'invalid-value', message: field }])
      return { field, op: operator, values }
    }),
    words: words.split(/\s+/).filter((word) => word !== ''), fieldWords: [], sort: sort === '' ? [] : [{ field: sort.replace(/^-/, ''), descending: sort.startsWith('-'), nulls: 'last' }],
    limit, offset, distinct: false, total: true,
  }
}
