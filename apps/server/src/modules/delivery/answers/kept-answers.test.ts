import { describe, expect, it, vi } from 'vitest'
import type { DeliveryPlan } from '../plan/plan.ts'
import { type Answer, written } from './answer.ts'
import { createKeptAnswers } from './kept-answers.ts'

const aPlan = (): DeliveryPlan => ({ entryCode: '301001/000001' }) as DeliveryPlan // only its identity counts

const anAnswer = (text: string, changes: Partial<Answer> = {}): Answer => ({
  ...written(text), action: 'rows.read', fields: ['名称'], conditions: ['代码 eq'], rows: 1, version: 1, state: null, nextCursor: null,
  who: null, found: true, isLookUp: true, ...changes,
})

describe('an answer to a look-up by key', () => {
  it('is kept for the same call under the same plan, also when nothing was found', () => {
    const answers = createKeptAnswers(100_000)
    const plan = aPlan()
    answers.keep(plan, 'one', anAnswer('{"items":[1]}'))
    answers.keep(plan, 'none', anAnswer('{"items":[]}', { found: false }))
    expect([answers.find(plan, 'one')?.text, answers.find(plan, 'none')?.found, answers.find(plan, 'other')]).toEqual(['{"items":[1]}', false, undefined])
  })

  it('is nothing to another plan: nobody can tell by the clock what others asked for', () => {
    const answers = createKeptAnswers(100_000)
    answers.keep(aPlan(), 'one', anAnswer('{}'))
    expect(answers.find(aPlan(), 'one')).toBeUndefined()
  })

  it('goes when others need its room, and when five minutes are over', () => {
    vi.useFakeTimers()
    try {
      const answers = createKeptAnswers(2_000, { now: () => Date.now() })
      const plan = aPlan()
      for (const call of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) answers.keep(plan, call, anAnswer(call))
      expect([answers.find(plan, 'a'), answers.find(plan, 'h')?.text]).toEqual([undefined, 'h'])
      vi.advanceTimersByTime(5 * 60_000 + 2_000)
      expect(answers.find(plan, 'h')).toBeUndefined()
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('an answer to a call that is no look-up, or a long list, or where nothing may be kept', () => {
  it.each([
    ['no look-up', 100_000, anAnswer('{}', { isLookUp: false })], ['long', 100_000, anAnswer('x'.repeat(10_000))], ['nothing kept', 0, anAnswer('{}')],
  ])('is not kept (%s)', (_, bytes, answer) => {
    const answers = createKeptAnswers(bytes)
    const plan = aPlan()
    answers.keep(plan, 'one', answer)
    expect(answers.find(plan, 'one')).toBeUndefined()
  })
})
