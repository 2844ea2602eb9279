import type { CitizenPart, Scheme } from '@datong/data-engine'
import { seededRandom } from '@datong/kernel'
import { citizenNumberCheck, creditCodeCheck, organisationCodeCheck, parseCitizenNumber, RECOGNIZERS, type RecognizerId } from '@datong/recognizers'
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Operands } from './operands.ts'
import { Steps } from './steps.ts'

const KINDS: Readonly<Record<Scheme, RecognizerId>> = { 'citizen-number': 'citizen-number', 'credit-code': 'unified-credit-code', luhn: 'bank-card' }
const VERDICTS = ['invalid', 'doubtful', 'valid'] as const

let instance: DuckDBInstance
let connection: DuckDBConnection
beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:')
  connection = await instance.connect()
})
afterAll(() => {
  connection.closeSync()
  instance.closeSync()
})

/** The values as a table, and what an expression over its column `v` says of each. */
async function answers(values: readonly string[], make: (operands: Operands) => string): Promise<unknown[]> {
  await connection.run('CREATE OR REPLACE TEMP TABLE held (i INTEGER, v VARCHAR)')
  const appender = await connection.createAppender('held')
  values.forEach((value, i) => {
    appender.appendInteger(i)
    appender.appendVarchar(value)
    appender.endRow()
  })
  appender.closeSync()
  const steps = new Steps()
  const sql = make(new Operands([{ name: 'v', type: 'text', nullable: true }], steps))
  const reader = await connection.runAndReadAll(`SELECT CAST(${sql} AS VARCHAR) FROM ${steps.around('held')} ORDER BY i`)
  return reader.getRows().map(([value]) => value)
}

const random = seededRandom(7)
const below = (limit: number): number => Math.floor(random.fraction() * limit)
const of = <T>(list: ArrayLike<T>): T => list[below(list.length)]!
const digits = (n: number): string => Array.from({ length: n }, () => below(10)).join('')

/** Spoils a code now and then, in the ways in which people spoil codes. */
function spoilt(code: string): string {
  const at = below(code.length)
  const ways = [
    () => code,
    () => code,
    () => code.slice(0, at) + of('0123456789XABIOSZ') + code.slice(at + 1),
    () => code.slice(0, at) + code.slice(at + 1),
    () => `${code.slice(0, at)} ${code.slice(at)}`,
    () => code.replace(/[0-9A-Z]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
    () => `\u3000${code.toLowerCase()}\ufeff`,
    () => `${code.slice(0, 6)}-${code.slice(6)}`,
    () => code + of('0号 \n'),
    () => of(['', ' ', '无', '--', '1e17', '+12345678901234567', '0', "'", '0x12', '１']),
  ]
  return of(ways)()
}

const PLACES = ['110101', '339902', '330100', '830000', '911234', '933001', '990000', '160000', '710000', '820000', '101234', '000000']
const DAYS = ['19900228', '19900229', '20000229', '19000229', '18991231', '17991231', '20991231', '21000101', '19801301', '19800431', '19800031', '19800100']

const CODES: Readonly<Record<Scheme, () => string>> = {
  'citizen-number': () => {
    const seventeen = of(PLACES) + (below(3) === 0 ? of(DAYS) : `${1920 + below(100)}${String(1 + below(12)).padStart(2, '0')}${String(1 + below(28)).padStart(2, '0')}`) + digits(3)
    return below(4) === 0 ? seventeen.slice(0, 6) + seventeen.slice(8) : seventeen + citizenNumberCheck(seventeen)
  },
  'credit-code': () => {
    const eight = Array.from({ length: 8 }, () => of('0123456789ABCDEFGHJKLMNPQRTUWXY')).join('')
    const seventeen = of('159ANY') + of('123Y') + of(['339902', '110000', '100000', '990000', '450101']) + eight + (below(5) === 0 ? of('0123456789X') : organisationCodeCheck(eight))
    return seventeen + (below(5) === 0 ? of('0123456789ABCDEFGHJKLMNPQRTUWXY') : creditCodeCheck(seventeen))
  },
  luhn: () => {
    const body = of(['6222', '9558', '4', '3', '1', '62', '0']) + digits(11 + below(6))
    return below(12) === 0 ? of('0123456789').repeat(16) : body
  },
}

describe.each(Object.keys(KINDS) as Scheme[])('the arithmetic of %s in the engine', (scheme) => {
  it('says of every value what the recogniser says', async () => {
    const values = Array.from({ length: 20_000 }, () => spoilt(CODES[scheme]()))
    const engine = await answers(values, (operands) => operands.verdict('v', scheme))
    const differing = values.flatMap((value, i) => {
      const said = VERDICTS[Number(engine[i])]
      const right = RECOGNIZERS[KINDS[scheme]].validate(value)
      return said === right ? [] : [{ value, said, right }]
    })
    expect(differing).toEqual([])
    expect(new Set(engine).size).toBe(3)
  })
})

describe('what a citizen number says', () => {
  it('is what the recogniser reads in it', async () => {
    const values = Array.from({ length: 5_000 }, () => spoilt(CODES['citizen-number']()))
    const read = values.map((value) => parseCitizenNumber(value))
    const part = (which: CitizenPart): Promise<unknown[]> => answers(values, (operands) => operands.sql({ citizen: 'v', part: which }, 'text'))
    const births = await part('birth-date')
    const sexes = await part('sex')
    const divisions = await part('division')
    expect(births).toEqual(read.map((one) => one?.birthDate ?? null))
    expect(sexes).toEqual(read.map((one) => (one === null ? null : one.sex === 'male' ? '男' : '女')))
    expect(divisions).toEqual(read.map((one) => one?.division ?? null))
  })
})
