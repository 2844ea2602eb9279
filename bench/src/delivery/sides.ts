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

/** The product: by key, masked, and with a receipt for each answer. */
export function governedSide({ url, pid }: GovernedAnswer, entry: Entry, key: string): Side {
  const masked = new Set(entry.fields.filter(({ masking }) => masking !== null).map(({ name }) => name))
  const headers = { authorization: `Bearer ${key}`, accept: 'application/json' }
  const path = `/data/v1/${entry.code}/rows?${encodeURIComponent(COLUMNS[0])}=`
  return {
    name: 'governed', url, pid,
    ask: (index) => ({ method: 'GET', path: path + keyOf(index), headers }),
    check: (index, status, body, received) => {
      if (status !== 200) throw new Error(`${status}: ${body.slice(0, 300)}`)
      checkRow(index, status, onlyOf((JSON.parse(body) as { items: Row[] }).items), masked) // shape of the contract
      if (!/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(received['datong-evidence'] ?? '')) throw new Error('an answer came without a receipt')
    },
  }
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
