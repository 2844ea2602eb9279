import { describe, expect, it } from 'vitest'
import { toneOf } from './clock-tone.ts'

const running = { state: 'running', late: false, workingDays: 10 } as const

describe('the tone of a clock', () => {
  it('is jade while more than a third of the time is left', () => {
    expect(toneOf({ ...running, workingDaysLeft: 4 })).toBe('jade')
  })
  it('is gamboge in the last third', () => {
    expect(toneOf({ ...running, workingDaysLeft: 3 })).toBe('gamboge')
  })
  it('is cinnabar when late, whatever else holds', () => {
    expect(toneOf({ ...running, state: 'paused', late: true, workingDaysLeft: -1 })).toBe('cinnabar')
  })
  it('is still when the clock does not run', () => {
    expect(toneOf({ ...running, state: 'paused', workingDaysLeft: 2 })).toBe('still')
  })
})
