import { AppError } from '@datong/kernel'
import type { OpenSource, ReadRequest, RowsSummary, SourceBatch, SourceColumn } from '../connector.ts'
import type { Selectable, SqlKind, SqlSession } from './sql-kind.ts'

/** Where a read came to: the key of its last row, and the mark of the moment at which it began. */
interface Position {
  readonly key: readonly string[]
  readonly mark: string | null
}

/**
 * A database as a source. Each answer has a connection of its own. Rows come in the order of the primary key, so that a read can go
 * on behind any of them; the mark of incremental reads is that of the moment when the first read began, so that what changes
 * while one is interrupted comes with the next.
 */
export function databaseSource(kind: SqlKind, signal: AbortSignal): OpenSource {
  const sessions = new Set<SqlSession>()

  async function* within<T>(work: (session: SqlSession) => AsyncIterable<T>): AsyncIterable<T> {
    signal.throwIfAborted()
    let session: SqlSession | undefined
    const stop = (): void => void session?.close().catch(() => undefined)
    signal.addEventListener('abort', stop)
    try {
      session = await kind.connect()
      sessions.add(session)
      signal.throwIfAborted()
      yield* work(session)
    } catch (error) {
      signal.throwIfAborted()
      throw kind.explain(error)
    } finally {
      signal.removeEventListener('abort', stop)
      if (session !== undefined) {
        sessions.delete(session)
        await session.close().catch(() => undefined)
      }
    }
  }

  const once = async <T>(work: (session: SqlSession) => Promise<T>): Promise<T> => {
    for await (const result of within(async function* (session) { yield await work(session) })) return result
    throw new Error('unreachable: it yields once or throws')
  }

  async function* read(session: SqlSession, request: ReadRequest): AsyncIterable<SourceBatch> {
    const selectable = await find(kind, session, request)
    const { columns, key } = selectable
    yield { kind: 'columns', columns, key }
    const from = request.position === undefined ? undefined : JSON.parse(request.position) as Position // a `position` of ours
    const mark = from === undefined ? await highest(kind, session, selectable, request) : from.mark
    const order = key.map((name) => columns.findIndex((column) => column.name === name))
    const limit = request.limit === undefined ? '' : ` limit ${request.limit}`
    // Without names of their own the texts, not the values, would be what `order by` means.
    const select = `select ${columns.map((column, at) => `${kind.text(column)} as _datong_${at}`).join(', ')} from ${selectable.from}`
      + where([...conditions(kind, selectable, request), ...(from === undefined ? [] : [behind(kind, selectable, from.key)])])
      + (key.length === 0 ? '' : ` order by ${key.map((name) => kind.quote(name)).join(', ')}`) + limit
    for await (const rows of session.stream(select)) {
      const last = rows.at(-1)
      const place: Position | undefined = last === undefined || key.length === 0 ? undefined : { key: order.map((index) => last[index] ?? ''), mark }
      yield { kind: 'rows', rows, position: place === undefined ? null : JSON.stringify(place), mark }
    }
    if (request.summarise === true) yield { kind: 'summary', ...await summary(kind, session, selectable, request) }
  }

  return {
    check: () => once(async (session) => void await session.rows('select 1')),
    objects: () => once((session) => kind.objects(session)),
    read: (request) => within((session) => read(session, request)),
    summary: (request) => once(async (session) => summary(kind, session, await find(kind, session, request), request)),
    close: async () => void await Promise.allSettled([...sessions].map((session) => session.close())),
  }
}

async function find(kind: SqlKind, session: SqlSession, { from }: ReadRequest): Promise<Selectable> {
  if ('query' in from) return kind.query(session, from.query)
  const found = await kind.table(session, from.object)
  if (found === undefined) throw new AppError('collection/source-object-unknown', { object: from.object })
  return found
}

function columnOf({ columns }: Selectable, name: string): SourceColumn {
  const column = columns.find((one) => one.name === name)
  if (column === undefined) throw new AppError('collection/source-object-unknown', { object: name })
  return column
}

function conditions(kind: SqlKind, selectable: Selectable, { after }: ReadRequest): string[] {
  if (after === undefined) return []
  return [`${kind.quote(after.column)} >= ${kind.literal(columnOf(selectable, after.column), after.value)}`]
}

/** `a > x or (a = x and b > y)`: databases use the index of a key for it. */
function behind(kind: SqlKind, selectable: Selectable, values: readonly string[]): string {
  const terms = selectable.key.map((name, at) => {
    const compare = (index: number, operator: string): string => {
      const column = columnOf(selectable, selectable.key[index] ?? name)
      return `${kind.quote(column.name)} ${operator} ${kind.literal(column, values[index] ?? '')}`
    }
    return [...Array.from({ length: at }, (_, before) => compare(before, '=')), compare(at, '>')].join(' and ')
  })
  return `(${terms.map((term) => `(${term})`).join(' or ')})`
}

const where = (all: readonly string[]): string => (all.length === 0 ? '' : ` where ${all.join(' and ')}`)

async function highest(kind: SqlKind, session: SqlSession, selectable: Selectable, request: ReadRequest): Promise<string | null> {
  const name = request.markBy ?? request.after?.column
  if (name === undefined) return null
  const column = columnOf(selectable, name)
  const quoted = kind.quote(name)
  const from = `${selectable.from}${where([...conditions(kind, selectable, request), `${quoted} is not null`])}`
  const [row] = await session.rows(`select ${kind.text(column)} as _datong_0 from ${from} order by ${quoted} desc limit 1`)
  return row?.[0] ?? request.after?.value ?? null
}

async function summary(kind: SqlKind, session: SqlSession, selectable: Selectable, request: ReadRequest): Promise<RowsSummary> {
  const texts = selectable.columns.map((column) => kind.text(column))
  const [row] = await session.rows(`select ${kind.sums(texts)} from ${selectable.from}${where(conditions(kind, selectable, request))}`)
  return { rows: Number(row?.[0] ?? 0), hash: row?.[1] ?? '0' }
}
