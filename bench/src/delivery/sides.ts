import type { Entry } from '@datong/contracts'
import type { PeerAnswer } from './bare-server.ts'
import { COLUMNS, companyAt, keyOf } from './companies.ts'
import type { Side } from './drive.ts'
import type { GovernedAnswer } from './governed-server.ts'
import type { PostGraphileAnswer } from './postgraphile-server.ts'

type Row = Readonly<Record<string, unknown>>

export function bareSide({ url, pid }: PeerAnswer): Side {
  return {
    name: 'bare', url, pid,
    ask: (index) => ({ method: 'GET', path: `/rows/${keyOf(index)}` }),
    check: (index, status, body) => checkRow(index, status, onlyOf((JSON.parse(body) as { items: Row[] }).items)), // our own server
  }
}

export function postgraphileSide({ url, pid, query }: PostGraphileAnswer): Side {
  const headers = { 'content-type': 'application/json', accept: 'application/json' }
  return {
    name: 'postgraphile', url, pid,
    ask: (index) => ({ method: 'POST', path: '/graphql', headers, body: JSON.stringify({ query, variables: { id: keyOf(index) } }) }),
    check: (index, status, body) => {
      // The shape that the query asks for; anything else fails below.
      const { data, errors } = JSON.parse(body) as { data?: Record<string, { nodes: Row[] }>; errors?: unknown[] }
      if (errors !== undefined) throw new Error(`PostGraphile answered ${JSON.stringify(errors)}`)
      const row = onlyOf(Object.values(data ?? {})[0]?.nodes ?? [])
      checkRow(index, status, Object.fromEntries(COLUMNS.map((name, column) => [name, row[`c${column}`]])))
    },
  }
}

const LIST_ROWS = 20

/** Lists of one name: which rows belong to the list of an index. */
function listOf(lists: ReadonlyMap<string, readonly number[]>, index: number): { name: string; rows: readonly number[] } {
  const name = companyAt(index)[1] ?? ''
  return { name, rows: (lists.get(name) ?? []).slice(0, LIST_ROWS) }
}

export function bareListSide({ url, pid }: PeerAnswer, lists: ReadonlyMap<string, readonly number[]>): Side {
  return {
    name: 'bare list', url, pid,
    ask: (index) => ({ method: 'GET', path: `/lists/${encodeURIComponent(listOf(lists, index).name)}` }),
    check: (index, status, body) => checkRows(listOf(lists, index).rows, status, (JSON.parse(body) as { items: Row[] }).items), // our own server
  }
}

export function governedListSide({ url, pid }: GovernedAnswer, entry: Entry, key: string, lists: ReadonlyMap<string, readonly number[]>): Side {
  const masked = maskedOf(entry)
  const path = `/data/v1/${entry.code}/rows?limit=${LIST_ROWS}&${encodeURIComponent(COLUMNS[1])}=`
  return {
    name: 'governed list', url, pid,
    ask: (index) => ({ method: 'GET', path: path + encodeURIComponent(listOf(lists, index).name), headers: headersOf(key) }),
    check: (index, status, body, received) => {
      checkReceipt(status, body, received)
      checkRows(listOf(lists, index).rows, status, (JSON.parse(body) as { items: Row[] }).items, masked) // shape of the contract
    },
  }
}

/**
 * Whether the person is the one of that company: masked in rows, compared as stored. Claims are right but for the first
 * company's: more wrong ones would be taken for guessing and stopped.
 */
export function verifySide({ url, pid }: GovernedAnswer, entry: Entry, key: string): Side {
  const headers = { ...headersOf(key), 'content-type': 'application/json' }
  const isRight = (index: number): boolean => index !== 0
  return {
    name: 'verification', url, pid,
    ask: (index) => ({
      method: 'POST', path: `/data/v1/${entry.code}/verify`, headers,
      body: JSON.stringify({ [COLUMNS[0]]: keyOf(index), [COLUMNS[2]]: isRight(index) ? (companyAt(index)[2] ?? '') : '甲乙' }),
    }),
    check: (index, status, body, received) => {
      checkReceipt(status, body, received)
      const { match } = JSON.parse(body) as { match: boolean } // shape of the contract
      if (match !== isRight(index)) throw new Error(`row ${index}: a ${isRight(index) ? 'right' : 'wrong'} claim was answered ${String(match)}`)
    },
  }
}

const headersOf = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}`, accept: 'application/json' })

const maskedOf = (entry: Entry): ReadonlySet<string> => new Set(entry.fields.filter(({ masking }) => masking !== null).map(({ name }) => name))

/** The product: by key, masked, and with a receipt for each answer. */
export function governedSide({ url, pid }: GovernedAnswer, entry: Entry, key: string): Side {
  const masked = maskedOf(entry)
  const headers = headersOf(key)
  const path = `/data/v1/${entry.code}/rows?${encodeURIComponent(COLUMNS[0])}=`
  return {
    name: 'governed', url, pid,
    ask: (index) => ({ method: 'GET', path: path + keyOf(index), headers }),
    check: (index, status, body, received) => {
      checkReceipt(status, body, received)
      checkRow(index, status, onlyOf((JSON.parse(body) as { items: Row[] }).items), masked) // shape of the contract
    },
  }
}

function checkReceipt(status: number, body: string, received: Readonly<Record<string, string>>): void {
  if (status !== 200) throw new Error(`${status}: ${body.slice(0, 300)}`)
  if (!/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(received['datong-evidence'] ?? '')) throw new Error('an answer came without a receipt')
}

function checkRows(expected: readonly number[], status: number, rows: readonly Row[], masked?: ReadonlySet<string>): void {
  if (rows.length !== expected.length) throw new Error(`${rows.length} rows came instead of ${expected.length}`)
  rows.forEach((row, at) => checkRow(expected[at] ?? -1, status, row, masked))
}

function onlyOf(rows: readonly Row[]): Row {
  const [row] = rows
  if (row === undefined || rows.length !== 1) throw new Error(`${rows.length} rows came for one key`)
  return row
}

/** Compares all columns with what was generated; a masked one must differ from it. */
function checkRow(index: number, status: number, row: Row, masked: ReadonlySet<string> = new Set()): void {
  if (status !== 200) throw new Error(`status ${status}`)
  const expected = companyAt(index)
  for (const [column, name] of COLUMNS.entries()) {
    const text = textOf(row[name])
    const same = text === expected[column] || (text !== '' && Number(text) === Number(expected[column]))
    if (same === masked.has(name)) throw new Error(`row ${index}: ${name} is ${text}, ${masked.has(name) ? 'unmasked' : `not ${expected[column] ?? ''}`}`)
  }
}

/** Texts of the file for what servers answer: booleans in Chinese, dates without a time. */
function textOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? '是' : '否'
  return String(value ?? '').replace(/T00:00:00(\.000)?(Z|\+00:00)?$/, '')
}
