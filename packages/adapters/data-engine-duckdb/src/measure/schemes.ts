import type { CitizenPart, Scheme } from '@datong/data-engine'
import { literal } from '../sql.ts'
import { compacted } from './texts.ts'

/**
 * The arithmetic of numbers with check characters, in SQL: 2 valid, 1 doubtful, 0 invalid, null for null. `checks.test.ts` holds it
 * against the recognisers.
 */
export interface SchemeSql {
  /** SQL of the code as it is to be read, in capitals and without separators. */
  readonly code: (text: string) => string
  readonly verdict: (code: string) => string
}

const power = (exponent: number): string => `1${'0'.repeat(exponent)}`

/** Codes that stand as the standard writes them, nearly all, are left alone: taking separators out costs ten times as much. */
const codeOf = (shape: string) => (text: string): string => `CASE WHEN regexp_full_match(${text}, ${literal(shape)}) THEN ${text} ELSE ${compacted(text)} END`

/** First two digits of divisions in use (GB/T 2260), as ranges. */
const PROVINCES: readonly (readonly [number, number])[] = [[11, 15], [21, 23], [31, 37], [41, 46], [50, 54], [61, 65], [71, 71], [81, 82]]
const inProvinces = (number: string): string => `(${PROVINCES.map(([from, to]) => (from === to ? `${number} = ${from}` : `${number} BETWEEN ${from} AND ${to}`)).join(' OR ')})`

const CITIZEN_SHAPE = '[0-9]{17}[0-9X]|[0-9]{15}'

/** The 18 characters of a number as one integer: of 15 digits with the century put in, X and a missing check character as 0. Null for other shapes. */
export const citizenInteger = (code: string): string => {
  const fifteen = `TRY_CAST(${code} AS BIGINT)`
  const century = `CASE WHEN ${fifteen} % 1000 >= 996 THEN 18 ELSE 19 END`
  return `CASE WHEN NOT regexp_full_match(${code}, '${CITIZEN_SHAPE}') THEN NULL ` +
    `WHEN strlen(${code}) = 15 THEN (${fifteen} // ${power(9)}) * ${power(12)} + (${century}) * ${power(10)} + (${fifteen} % ${power(9)}) * 10 ` +
    `WHEN suffix(${code}, 'X') THEN TRY_CAST(left(${code}, 17) AS BIGINT) * 10 ELSE TRY_CAST(${code} AS BIGINT) END`
}

const dayOf = (n: string): string => `${n} // ${power(4)} % ${power(8)}`

/** Whether eight digits are a day of the calendar between 1800 and 2099. */
function isDay(eight: string): string {
  const [month, day, year] = [`(${eight} // 100 % 100)`, `(${eight} % 100)`, `(${eight} // 10000)`]
  const leap = `(${year} % 4 = 0 AND (${year} % 100 <> 0 OR ${year} % 400 = 0))`
  return `(${eight} BETWEEN 18000101 AND 20991231 AND ${month} BETWEEN 1 AND 12 AND ${day} >= 1 AND ` +
    `(${day} <= 28 OR (${day} <= 30 AND ${month} <> 2) OR (${day} = 31 AND ${month} IN (1, 3, 5, 7, 8, 10, 12)) OR (${day} = 29 AND ${month} = 2 AND ${leap})))`
}

/**
 * The weighted sum modulo 11 without taking the digits apart. With qₖ = n div 10ᵏ the k-th digit is qₖ − 10 qₖ₊₁, and −10 ≡ 1, so the
 * sum of wₖ dₖ is that of (wₖ + wₖ₋₁) qₖ; weights are powers of 2, so wₖ + wₖ₋₁ = 3 · 2ᵏ⁻¹. Below 2.2 · 10¹⁸, within 64 bits.
 * @see GB 11643-1999, annex A (ISO 7064 MOD 11-2)
 */
function citizenSum(n: string): string {
  const terms = [n]
  for (let k = 1; k < 18; k++) terms.push(`${n} // ${power(k)} * ${(3 * 2 ** (k - 1)) % 11}`)
  return terms.join(' + ')
}

/** @param n of `citizenInteger` */
export function citizenVerdict(code: string, n: string): string {
  const first = `(${n} // ${power(16)})`
  const division = `(${inProvinces(first)} OR ${first} = 83 OR (${first} BETWEEN 90 AND 99 AND ${inProvinces(`(${n} // ${power(15)} % 100)`)}))`
  return `CASE WHEN ${code} IS NULL THEN NULL WHEN ${n} IS NULL OR NOT ${division} OR NOT ${isDay(`(${dayOf(n)})`)} THEN 0 WHEN strlen(${code}) = 15 THEN 1 ` +
    `WHEN (${citizenSum(n)} + CASE WHEN suffix(${code}, 'X') THEN 10 ELSE 0 END) % 11 = 1 THEN 2 ELSE 0 END`
}

/** What a number says; null where it is not readable. @param verdict of `citizenVerdict` */
export function citizenPart(part: CitizenPart, n: string, verdict: string): string {
  const day = `(${dayOf(n)})`
  const sql: Readonly<Record<CitizenPart, string>> = {
    'birth-date': `make_date(CAST(${day} // 10000 AS INTEGER), CAST(${day} // 100 % 100 AS INTEGER), CAST(${day} % 100 AS INTEGER))`,
    sex: `CASE WHEN ${n} // 10 % 2 = 1 THEN '男' ELSE '女' END`,
    division: `CAST(${n} // ${power(12)} AS VARCHAR)`,
  }
  return `CASE WHEN ${verdict} > 0 THEN ${sql[part]} END`
}

const citizen: SchemeSql = { code: codeOf(CITIZEN_SHAPE), verdict: (code) => citizenVerdict(code, citizenInteger(code)) }

const CREDIT_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const ORGANISATION_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]
const CREDIT_SHAPE = '[1-9ANY][0-9A-HJ-NPQRTUWXY][0-9]{6}[0-9A-HJ-NPQRTUWXY]{8}[0-9X][0-9A-HJ-NPQRTUWXY]'

const placeIn = (alphabet: string, code: string, at: number): string => `(instr('${alphabet}', substr(${code}, ${at}, 1)) - 1)`

/** GB 32100-2015, annex A, and the organisation code inside by GB 11714-1997, 3.4. One of both wrong is doubtful. */
function creditVerdict(code: string): string {
  const outer: string[] = []
  for (let i = 0, weight = 1; i < 17; i++, weight = (weight * 3) % 31) outer.push(`${placeIn(CREDIT_ALPHABET, code, i + 1)} * ${weight}`)
  const inner = ORGANISATION_WEIGHTS.map((weight, i) => `${placeIn(ORGANISATION_ALPHABET, code, i + 9)} * ${weight}`)
  const outerRight = `(${outer.join(' + ')} + ${placeIn(CREDIT_ALPHABET, code, 18)}) % 31 = 0`
  // C9 = 11 − sum mod 11, ten written X and eleven written 0.
  const innerRight = `substr('0X987654321', CAST((${inner.join(' + ')}) % 11 + 1 AS BIGINT), 1) = substr(${code}, 17, 1)`
  const place = `(${inProvinces(`TRY_CAST(substr(${code}, 3, 2) AS INTEGER)`)} OR substr(${code}, 3, 2) = '10')`
  return `CASE WHEN ${code} IS NULL THEN NULL WHEN NOT regexp_full_match(${code}, '${CREDIT_SHAPE}') THEN 0 WHEN NOT ${place} THEN 0 ` +
    `ELSE CAST(${outerRight} AS INTEGER) + CAST(${innerRight} AS INTEGER) END`
}

/** From the right every second digit t is doubled, and 2t − 9 stands for two digits: 2t − 9 (t div 5). @see ISO/IEC 7812-1, annex B */
function luhnVerdict(code: string): string {
  const low = `TRY_CAST(right(${code}, 18) AS BIGINT)`
  const digit = (place: number): string => `(${low} // ${power(place)} % 10)`
  const terms = Array.from({ length: 18 }, (_, place) => (place % 2 === 0 ? digit(place) : `2 * ${digit(place)} - 9 * (${low} // ${power(place)} % 10 // 5)`))
  const nineteenth = `CASE WHEN strlen(${code}) = 19 THEN TRY_CAST(left(${code}, 1) AS BIGINT) ELSE 0 END`
  const same = `replace(${code}, left(${code}, 1), '') = ''`
  return `CASE WHEN ${code} IS NULL THEN NULL WHEN NOT regexp_full_match(${code}, '[1-9][0-9]{12,18}') OR ${same} THEN 0 ` +
    `WHEN (${terms.join(' + ')} + ${nineteenth}) % 10 <> 0 THEN 0 WHEN ${code} >= '3' AND ${code} < '7' THEN 2 ELSE 1 END`
}

export const SCHEME_SQL: Readonly<Record<Scheme, SchemeSql>> = {
  'citizen-number': citizen,
  'credit-code': { code: codeOf(CREDIT_SHAPE), verdict: creditVerdict },
  luhn: { code: codeOf('[0-9]*'), verdict: luhnVerdict },
}
