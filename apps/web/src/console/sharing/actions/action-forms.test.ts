import { APPLICATION_ACTIONS } from '@datong/contracts'
import { describe, expect, it } from 'vitest'
import { ACTION_ORDER, bodyOfAction, offered } from './action-forms.ts'

describe('the buttons of an application', () => {
  it('know each step of the contract', () => {
    expect([...ACTION_ORDER].toSorted()).toEqual([...APPLICATION_ACTIONS].toSorted())
  })
  it('are those allowed and no others, the usual next step coloured', () => {
    expect(offered(['refuse', 'approve', 'notify-missing', 'extend'])).toEqual({ actions: ['extend', 'notify-missing', 'refuse', 'approve'], primary: 'approve' })
    expect(offered([])).toEqual({ actions: [], primary: undefined })
  })
  it('never colour a refusal', () => {
    expect(offered(['refuse', 'withdraw', 'revoke']).primary).toBeUndefined()
  })
})

describe('what a dialog sends', () => {
  it('leaves out empty words', () => {
    expect(bodyOfAction('withdraw', { reason: '  ' })).toEqual({})
  })
  it('names each missing thing once', () => {
    expect(bodyOfAction('notify-missing', { missing: [' 委托书 ', '', '委托书', '清单'] })).toEqual({ missing: ['委托书', '清单'] })
  })
  it('hands in only what was written, and tells it as the reason', () => {
    expect(bodyOfAction('supplement', { notes: { a: '已附', b: ' ' }, use: '征管系统' })).toEqual({ use: '征管系统', reason: '已附', supplied: [{ id: 'a', note: '已附' }] })
  })
  it('carries three scores', () => {
    expect(bodyOfAction('evaluate', { quality: 5, timeliness: 4, effect: 3, reason: '好用' })).toEqual({ reason: '好用', scores: { quality: 5, timeliness: 4, effect: 3 } })
  })
})
