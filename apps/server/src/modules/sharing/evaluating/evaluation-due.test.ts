import { describe, expect, it } from 'vitest'
import { evaluationDueAt } from './evaluation-due.ts'

const grant = { state: 'active', created_at: new Date('2026-08-31T02:00:00Z'), until: '2028-06-30', ended_at: null, evaluated_at: null } as const

describe('an evaluation', () => {
  it('is due half a year after the grant, on the last day of a shorter month', () => {
    expect(evaluationDueAt(grant, 6)).toEqual(new Date('2027-02-28T02:00:00Z'))
  })

  it('is due again half a year after the last one', () => {
    expect(evaluationDueAt({ ...grant, evaluated_at: new Date('2027-03-10T02:00:00Z') }, 6)).toEqual(new Date('2027-09-10T02:00:00Z'))
  })

  it('is due at the end of the last day, or when the grant was taken away, and then once', () => {
    expect(evaluationDueAt({ ...grant, until: '2026-12-31' }, 6)).toEqual(new Date('2026-12-31T15:59:59.999Z'))
    const ended_at = new Date('2026-10-01T02:00:00Z')
    expect(evaluationDueAt({ ...grant, state: 'revoked', ended_at }, 6)).toEqual(ended_at)
    expect(evaluationDueAt({ ...grant, state: 'revoked', ended_at, evaluated_at: new Date('2026-10-02T02:00:00Z') }, 6)).toBeNull()
  })

  it('is not due of a grant that another one replaced', () => {
    expect(evaluationDueAt({ ...grant, state: 'replaced' }, 6)).toBeNull()
  })
})
