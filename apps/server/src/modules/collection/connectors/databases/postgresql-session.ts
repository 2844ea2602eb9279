import pg from 'pg'
import { orSilence } from './explain.ts'
import { BATCH_BYTES, FIRST_SILENCE_MS, SILENCE_MS } from './reach.ts'
import type { SqlSession, TextRow } from './sql-kind.ts'

const FIRST_FETCH = 100
const MOST_FETCHED = 20_000

/** Every value as the server writes it. */
const AS_TEXT = { getTypeParser: () => (value: string) => value } as unknown as pg.CustomTypesConfig // its overloads cannot be said in one function

/** @param offset of the zone in which times with a zone are told, such as `+08:00` */
export async function postgresqlSession(config: pg.ClientConfig, offset: string): Promise<SqlSession & { query(sql: string): Promise<Record<string, unknown>[]> }> {
  const client = new pg.Client(config)
  client.on('error', () => undefined) // the query under way hears of it
  await client.connect()
  const end = (): void => void client.end().catch(() => undefined)
  // The extended protocol takes one statement only, whatever a query contains.
  const ask = async (text: string, values: readonly string[] = [], ms = FIRST_SILENCE_MS): Promise<string[][]> =>
    (await orSilence(client.query<string[]>({ text, values: [...values], rowMode: 'array', types: AS_TEXT, queryMode: 'extended' } as pg.QueryArrayConfig<string[]>), ms, end)).rows // `queryMode` is missing in the types
  try {
    await client.query('begin isolation level repeatable read, read only')
    await client.query(`set local datestyle = 'ISO, YMD'; set local intervalstyle = 'iso_8601'; set local extra_float_digits = 1; set local bytea_output = 'hex';
      set local standard_conforming_strings = on; set local time zone interval '${offset}' hour to minute`)
  } catch (error) {
    end()
    throw error
  }
  return {
    rows: (sql, values) => ask(sql, values),
    async describe(from) {
      const { fields } = await client.query({ text: `select * from ${from} limit 0`, queryMode: 'extended' } as pg.QueryConfig)
      const types = await ask('select format_type(oid, modifier) from unnest($1::oid[], $2::int[]) with ordinality as one (oid, modifier, place) order by place',
        [fields.map(({ dataTypeID }) => dataTypeID), fields.map(({ dataTypeModifier }) => dataTypeModifier)].map((all) => `{${all.join()}}`))
      return fields.map(({ name }, at) => ({ name, type: types[at]?.[0] ?? '' }))
    },
    query: async (sql) => (await client.query<Record<string, unknown>>(sql)).rows,
    async* stream(sql): AsyncIterable<readonly TextRow[]> {
      await ask(`declare datong no scroll cursor for ${sql}`)
      for (let count = FIRST_FETCH, ms = FIRST_SILENCE_MS; ; ms = SILENCE_MS) {
        const rows = await ask(`fetch ${count} from datong`, [], ms)
        if (rows.length > 0) yield rows
        if (rows.length < count) break
        let bytes = 1
        for (const row of rows) for (const value of row) bytes += value === null ? 1 : value.length
        count = Math.max(10, Math.min(MOST_FETCHED, count * 4, Math.floor((count * BATCH_BYTES) / bytes)))
      }
      await ask('close datong')
    },
    close: () => client.end(),
  }
}
