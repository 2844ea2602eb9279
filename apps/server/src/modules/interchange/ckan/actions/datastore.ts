import { ckanResourceId, codeInCkanId } from '@datong/catalog-metadata'
import { isAppError } from '@datong/kernel'
import { MOST_ROWS, type TableAnswer, type TableQuestion } from '../../../delivery/index.ts'
import { type ActionCall, type Actions, type CkanDeps, WrittenAnswer } from '../action.ts'
import { invalid, notFound } from '../ckan-error.ts'
import { codeOf } from '../look-up.ts'
import { countOf, flagOf, jsonOf, listOf, objectOf, requiredText, textOf, wordOf } from '../parameters.ts'

/** Rows, through delivery. */
export function datastoreActions({ questions }: CkanDeps): Actions {
  return {
    datastore_search: {
      help: 'Returns rows of a resource.\n\n:param resource_id: id of a resource, or name or id of its data set\n:param filters: JSON object of field to value, list of values, or {gt, gte, lt, lte, eq, in}\n:param q: words in any field, or JSON object of field to words\n'
        + ':param sort: such as "field1, field2 desc nulls last"\n:param fields: list, or names between commas\n:param distinct: different rows only\n:param limit: 100 unless said otherwise, 32000 at most\n:param offset: rows to skip\n'
        + ':param include_total: count what was found (default true)\n:param records_format: objects, lists, csv or tsv',
      run: async (call) => {
        const id = textOf(call.data, 'resource_id') ?? requiredText({ resource_id: textOf(call.data, 'id') }, 'resource_id')
        const code = requireCode(id)
        const question = questionOf(call.data)
        const format = textOf(call.data, 'records_format') ?? 'objects'
        const write = WRITERS[format]
        if (write === undefined) throw invalid({ records_format: [`Value must be one of ${JSON.stringify(Object.keys(WRITERS))}`] })
        const { text, receipts } = await named(id, () => questions.ask(call.asker, code, question, (answer) => call.envelope(searchResult(id, call, question, format, answer, write(answer)))))
        return new WrittenAnswer(text, Object.values(receipts))
      },
    },
    datastore_search_sql: {
      help: 'Answers one SELECT over resources, which are named by id or by the name of their data set in double quotes.\n\n:param sql: the SELECT',
      run: async (call) => {
        const sql = requiredText(call.data, 'sql')
        const { text, receipts } = await questions.askSql(call.asker, sql, codeOf, (answer) => call.envelope(sqlResult(sql, answer)))
        return new WrittenAnswer(text, Object.values(receipts))
      },
    },
    datastore_info: {
      help: 'Returns the fields of a resource and how many rows it has.\n\n:param resource_id: as in datastore_search',
      run: async ({ data, caller }) => {
        const id = textOf(data, 'resource_id') ?? requiredText({ resource_id: textOf(data, 'id') }, 'resource_id')
        const code = requireCode(id)
        const { columns, rowCount } = await named(id, () => questions.describe(caller, code))
        return {
          meta: { id: codeInCkanId(id, 'resource') === undefined ? ckanResourceId(code, 'csv') : id, count: rowCount, table_type: 'BASE TABLE', aliases: [code] },
          fields: columns.map(({ name, type, description, indexed, masked }) => ({
            id: name, type, info: { label: name, notes: description, ...(masked ? { masked: true } : {}) },
            schema: { native_type: type, notnull: false, index_name: null, is_index: indexed, uniquekey: false },
          })),
        }
      },
    },
  }
}

function requireCode(id: string): string {
  const code = codeOf(id)
  if (code === undefined) throw notFound(`Resource "${id.slice(0, 100)}" was not found.`)
  return code
}

/** The resource's name in what says that it is not there. */
async function named<T>(id: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    throw isAppError(error) && (error.code === 'request/not-found' || error.code === 'delivery/no-data') ? notFound(`Resource "${id.slice(0, 100)}" was not found.`) : error
  }
}

function questionOf(data: ActionCall['data']): TableQuestion {
  if (!flagOf(data, 'plain', true)) throw invalid({ plain: ['PostgreSQL’s own query language is not taken: leave plain true'] })
  const q = jsonOf(data, 'q')
  const byField = objectOf(q)
  const words = [typeof q === 'string' || typeof q === 'number' ? String(q) : '', textOf(data, 'full_text') ?? ''].join(' ').split(/\s+/).filter((word) => word !== '')
  if (words.length > 20 || words.join(' ').length > 1_000) throw invalid({ q: ['Too many words'] })
  return {
    fields: listOf(data, 'fields') ?? null, conditions: conditionsOf(jsonOf(data, 'filters')), words,
    fieldWords: Object.entries(byField ?? {}).flatMap(([field, said]) => {
      const text = wordOf(said)
      if (text === undefined) throw invalid({ q: ['Not a value'] })
      return text.split(/\s+/).filter((word) => word !== '').slice(0, 20).map((word) => ({ field, word }))
    }),
    sort: sortOf(data), limit: countOf(data, 'limit', 100, MOST_ROWS), offset: countOf(data, 'offset', 0, 100_000_000),
    distinct: flagOf(data, 'distinct', false), total: flagOf(data, 'include_total', true),
  }
}

const OPERATORS = new Set(['eq', 'in', 'gt', 'gte', 'lt', 'lte'] as const)
type Condition = TableQuestion['conditions'][number]

function conditionsOf(given: unknown): Condition[] {
  if (given === undefined) return []
  const filters = objectOf(given)
  if (filters === undefined) throw invalid({ filters: ['filters must be a dict'] })
  const value = (one: unknown): string | null => {
    if (one === null) return null
    if (typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean') return String(one)
    throw invalid({ filters: ['Not a value'] })
  }
  return Object.entries(filters).flatMap(([field, wanted]): Condition[] => {
    const operators = objectOf(wanted)
    if (operators === undefined) return [Array.isArray(wanted) ? { field, op: 'in', values: wanted.map(value) } : { field, op: 'eq', values: [value(wanted)] }]
    return Object.entries(operators).map(([word, bound]) => {
      const op = [...OPERATORS].find((one) => one === word)
      if (op === undefined) throw invalid({ filters: [`Unknown filter operation: ${word.slice(0, 40)}`] })
      return { field, op, values: Array.isArray(bound) ? bound.map(value) : [value(bound)] }
    })
  })
}

const MOST_SORTS = 20
const LONGEST_SORT = 300

function sortOf(data: ActionCall['data']): TableQuestion['sort'] {
  const parts = (listOf(data, 'sort') ?? []).map((part) => part.trim()).filter((part) => part !== '')
  if (parts.length > MOST_SORTS || parts.some((part) => part.length > LONGEST_SORT)) throw invalid({ sort: ['Too long'] })
  return parts.map((part) => {
    const found = /^"?(.+?)"?(?:\s+(asc|desc))?(?:\s+nulls\s+(first|last))?$/is.exec(part)
    const nulls = found?.[3]?.toLowerCase()
    return { field: found?.[1] ?? part, descending: found?.[2]?.toLowerCase() === 'desc', nulls: nulls === 'first' || nulls === 'last' ? nulls : undefined }
  })
}

/** The member `records` as JSON text. */
const WRITERS: Readonly<Record<string, (answer: TableAnswer) => string>> = {
  objects: ({ columns, rows }) => JSON.stringify(rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index]])))),
  lists: ({ rows }) => JSON.stringify(rows),
  csv: (answer) => JSON.stringify(separated(answer, ',')),
  tsv: (answer) => JSON.stringify(separated(answer, '\t')),
}

/** As PostgreSQL's COPY writes: nothing for null, quotes where they are needed, booleans as letters. */
function separated({ rows }: TableAnswer, separator: string): string {
  const cell = (value: unknown): string => {
    if (value === null || value === undefined) return ''
    if (typeof value === 'boolean') return value ? 't' : 'f'
    const text = String(value)
    return text === '' || text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  return rows.map((row) => `${row.map(cell).join(separator)}\n`).join('')
}

function searchResult(id: string, { data }: ActionCall, question: TableQuestion, format: string, { columns, total }: TableAnswer, records: string): string {
  const fields = columns.map(({ name, type, description }) => ({ id: name, type, ...(description === '' ? {} : { info: { label: name, notes: description } }) }))
  const said = {
    include_total: question.total, limit: question.limit, ...(question.offset > 0 ? { offset: question.offset } : {}), records_format: format, resource_id: id, total_estimation_threshold: null,
    ...(data['filters'] === undefined ? {} : { filters: jsonOf(data, 'filters') }), ...(data['q'] === undefined ? {} : { q: jsonOf(data, 'q') }), ...(data['sort'] === undefined ? {} : { sort: data['sort'] }),
    ...(question.distinct ? { distinct: true } : {}), fields, ...linksOf(data, question), ...(total === null ? {} : { total, total_was_estimated: false }),
  }
  return `${JSON.stringify(said).slice(0, -1)},"records":${records}}`
}

/** Where the first and the next page are, as paths. */
function linksOf(data: ActionCall['data'], { limit, offset }: TableQuestion): object {
  const link = (start: number): string => {
    const query = new URLSearchParams()
    for (const [key, value] of Object.entries(data)) if (key !== 'offset' && value !== null && value !== undefined) query.set(key, typeof value === 'string' ? value : JSON.stringify(value))
    if (start > 0) query.set('offset', String(start))
    return `/api/3/action/datastore_search?${query.toString()}`
  }
  return { _links: { start: link(0), next: link(offset + limit) } }
}

function sqlResult(sql: string, { columns, rows, truncated }: TableAnswer): string {
  const records = rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index]])))
  return JSON.stringify({ sql, records, fields: columns.map(({ name, type }) => ({ id: name, type })), ...(truncated ? { records_truncated: true } : {}) })
}
