import { seededRandom } from '@datong/kernel'
import { citizenNumberCheck } from '@datong/recognizers'

const ROWS_AT_ONCE = 5_000
/** One number in so many has 15 digits; one in so many has a wrong check character. */
const FIFTEEN_EVERY = 40
const WRONG_EVERY = 101

/** Numbers of divisions that were never given out, as a CSV of one field; the same seed gives the same bytes. */
export function* citizenNumbers(rows: number, seed: number): Generator<string> {
  const { fraction } = seededRandom(seed)
  const below = (limit: number): number => Math.floor(fraction() * limit)
  const two = (value: number): string => String(value).padStart(2, '0')
  yield '序号,公民身份号码\n'
  for (let first = 1; first <= rows; first += ROWS_AT_ONCE) {
    let piece = ''
    for (let row = first; row < Math.min(rows + 1, first + ROWS_AT_ONCE); row++) {
      const day = `${two(1 + below(12))}${two(1 + below(28))}`
      const tail = String(below(990)).padStart(3, '0')
      const seventeen = `3399${two(1 + below(20))}${1940 + below(60)}${day}${tail}`
      const check = citizenNumberCheck(seventeen)
      const last = row % WRONG_EVERY === 0 ? (check === '0' ? '1' : '0') : check
      piece += row % FIFTEEN_EVERY === 0 ? `${row},${seventeen.slice(0, 6)}${seventeen.slice(8)}\n` : `${row},${seventeen}${last}\n`
    }
    yield piece
  }
}

/** How many of so many rows are wrong: the wrong check characters, but for rows that have 15 digits and so none. */
export const wrongAmong = (rows: number): number => Math.floor(rows / WRONG_EVERY) - Math.floor(rows / (WRONG_EVERY * FIFTEEN_EVERY))
export const fifteenAmong = (rows: number): number => Math.floor(rows / FIFTEEN_EVERY)
