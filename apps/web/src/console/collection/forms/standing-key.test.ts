import { expect, it } from 'vitest'
import { standingKey } from './standing-key.ts'

it('says today and late without counting days where there are none between', () => {
  expect([standingKey('soon', 0), standingKey('late', 0), standingKey('handed-in-late', 0), standingKey('handed-in', 0)]).toEqual(['today', 'just-late', 'handed-in-just-late', 'handed-in'])
  expect([standingKey('soon', 2), standingKey('late', -3), standingKey('undated', null)]).toEqual(['soon', 'late', 'undated'])
})
