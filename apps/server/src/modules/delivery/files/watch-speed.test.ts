import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LEAST_SPEED } from './speed-limit.ts'
import { watchSpeed } from './watch-speed.ts'

const KB = 1_000

/** A file that is being sent, and the answer that it goes to. */
function aTransfer() {
  const transfer = { sent: 0, destroyed: false, end: () => undefined as void }
  // The watch uses nothing else of a response.
  transfer.end = watchSpeed(() => transfer.sent, { destroy: () => (transfer.destroyed = true) } as never)
  return transfer
}

describe('the receiver of a file', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is let go when it takes a byte a second', () => {
    const transfer = aTransfer()
    for (let second = 0; second <= LEAST_SPEED.windowSeconds + 1 && !transfer.destroyed; second++) {
      transfer.sent++
      vi.advanceTimersByTime(1_000)
    }
    expect(transfer.destroyed).toBe(true)
  })

  it('is let go when it takes nothing more after its beginning', () => {
    const transfer = aTransfer()
    transfer.sent = 900 * KB
    vi.advanceTimersByTime(1_000 * LEAST_SPEED.windowSeconds)
    expect(transfer.destroyed).toBe(false)
    vi.advanceTimersByTime(1_000)
    expect(transfer.destroyed).toBe(true)
  })

  it('may take its time above the least speed, and is forgotten when it has all', () => {
    const transfer = aTransfer()
    for (let second = 0; second < 5 * LEAST_SPEED.windowSeconds; second++) {
      transfer.sent += 2 * KB
      vi.advanceTimersByTime(1_000)
    }
    expect(transfer.destroyed).toBe(false)
    transfer.end()
    expect(vi.getTimerCount()).toBe(0)
  })
})
