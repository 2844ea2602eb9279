import { setTimeout as sleep } from 'node:timers/promises'
import { codeOf, rowOf } from './source.ts'

/** Of so many changes an update, an insertion and a deletion are waited for at the consumer's. */
const WATCHED = 100
/** The pace is held in steps of so many milliseconds. */
const STEP_MS = 20

export interface Watched {
  readonly code: string
  /** What the row's `serial` is from then on; null: the row is gone. */
  readonly serial: number | null
  /** When the source had committed it, by `performance.now`. */
  readonly committedMs: number
}

/**
 * Changes rows one by one at a steady pace, each in a transaction of its own: 7 in 10 updates, 2 inserts, 1 deletion. No row is
 * changed twice while it is waited for.
 */
export async function changeSteadily(
  query: (text: string) => Promise<unknown>, { rows, rate, seconds }: { rows: number; rate: number; seconds: number }, onWatched: (watched: Watched) => void,
): Promise<number> {
  let made = 0
  let inserted = rows
  let serial = 0
  const began = performance.now()
  while (performance.now() - began < seconds * 1000) {
    const due = Math.floor(((performance.now() - began) / 1000) * rate)
    for (; made < due; made++) {
      serial++
      const turn = made % 10
      // Coprime to the rows: every row has its turn before one has its second.
      const number = (made * 7_919) % rows
      const isInserted = turn >= 7 && turn < 9
      const target = isInserted ? inserted++ : turn === 9 ? inserted - 1 : number
      if (isInserted) await query(`insert into company values ${rowOf(target, serial)}`)
      else if (turn === 9) await query(`delete from company where code = '${codeOf(target)}'`)
      else await query(`update company set serial = ${serial} where code = '${codeOf(target)}'`)
      const place = made % WATCHED
      if (place === 0 || place === 37 || place === 69) onWatched({ code: codeOf(target), serial: turn === 9 ? null : serial, committedMs: performance.now() })
    }
    await sleep(STEP_MS)
  }
  // Changes come in their order: who has seen the last one has seen all.
  await query(`update company set serial = ${++serial} where code = '${codeOf(0)}'`)
  onWatched({ code: codeOf(0), serial, committedMs: performance.now() })
  return made + 1
}
