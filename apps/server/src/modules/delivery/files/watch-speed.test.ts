import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LEAST_SPEED } from './speed-limit.ts'
import { watchSpeed } from './watch-speed.ts'

const KB = 1_000

/** A file that is being sent, and the answer that it goes to. */
function aTransfer() {
  const file = { bytesRead: 0 }
  const response = Object.assign(new EventEmitter(), { writableLength: 0, destroyed: false, destroy() {
    response.destroyed = true
    response.emit('close')
    return response
  } })
  // The watch uses nothing else of a response.
  watchSpeed(file, response as never)
  return { file, response }
}

describe('the receiver of a file', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is let go when it takes a byte a second', () => {
    const { file, response } = aTransfer()
    for (let second = 0; second <= LEAST_SPEED.windowSeconds + 1 && !response.destroyed; second++) {
      file.bytesRead++
      vi.advanceTimersByTime(1_000)
    }
    expect(response.destroyed).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is let go when all that was read only waits in this process', () => {
    const { file, response } = aTransfer()
    file.bytesRead = response.writableLength = 900 * KB
    vi.advanceTimersByTime(1_000 * (LEAST_SPEED.windowSeconds + 1))
    expect(response.destroyed).toBe(true)
  })

  it('may take its time above the least speed, and is forgotten when it has all', () => {
    const { file, response } = aTransfer()
    for (let second = 0; second < 5 * LEAST_SPEED.windowSeconds; second++) {
      file.bytesRead += 2 * KB
      vi.advanceTimersByTime(1_000)
    }
    expect(response.destroyed).toBe(false)
    response.emit('close')
    expect(vi.getTimerCount()).toBe(0)
  })
})
