import { setTimeout as sleep } from 'node:timers/promises'
import type { Side } from './drive.ts'

/** What one process did around a revocation; times in milliseconds after the revocation was answered, negative before. */
export interface Revocation {
  /** When the last call that still got data was begun. */
  readonly lastDataMs: number
  readonly firstRefusalMs: number
  /** Calls begun after the revocation was answered that still got data. */
  readonly answersAfter: number
}

const CONNECTIONS = 25
const BEFORE_MS = 2_000
const AFTER_MS = 3_000
const REFUSED = 403

/** Revokes while every side is under load, and looks when each stops giving data. */
export async function revoke({ sides, rows, by }: { sides: readonly Side[]; rows: number; by: () => Promise<void> }): Promise<Revocation[]> {
  let running = true
  const seen = sides.map((): { begun: number; ended: number; status: number }[] => [])
  const loads = sides.flatMap((side, which) => Array.from({ length: CONNECTIONS }, async (_, connection) => {
    for (let call = connection; running; call++) {
      const { path, headers = {} } = side.ask((call * 7_919) % rows)
      const begun = performance.now()
      const response = await fetch(new URL(path, side.url), { headers })
      await response.arrayBuffer()
      seen[which]!.push({ begun, ended: performance.now(), status: response.status }) // one list for each side
    }
  }))
  await sleep(BEFORE_MS)
  await by()
  const revokedAt = performance.now()
  await sleep(AFTER_MS)
  running = false
  await Promise.all(loads)
  return seen.map((calls) => {
    const other = calls.find(({ status }) => status !== 200 && status !== REFUSED)
    if (other !== undefined) throw new Error(`a call was answered ${other.status}`)
    const data = calls.filter(({ status }) => status === 200)
    const refused = calls.filter(({ status }) => status === REFUSED)
    if (data.length === 0 || refused.length === 0) throw new Error(`${data.length} calls got data, ${refused.length} were refused`)
    return {
      lastDataMs: Math.round(Math.max(...data.map(({ begun }) => begun)) - revokedAt),
      firstRefusalMs: Math.round(Math.min(...refused.map(({ ended }) => ended)) - revokedAt),
      answersAfter: data.filter(({ begun }) => begun > revokedAt).length,
    }
  })
}
