import type { Application, ClockView, Grant } from '@datong/contracts'
import { describe, expect, it } from 'vitest'
import { processOf } from './process.ts'

const clock: ClockView = {
  kind: 'answer-conditional', state: 'running', startedAt: '2026-11-02T01:00:00Z', dueAt: '2026-11-16T10:00:00Z', workingDays: 10, workingDaysLeft: 4, late: false, source: '政务数据共享条例',
}
const org = (code: string) => ({ code, name: code, nameEn: code })
const opinion = (state: 'asked' | 'consented' | 'refused') => ({ department: org('a'), fields: ['名称'], state, reason: '', legalBasis: '', decidedAt: null, by: null })
const asked: Application = {
  id: '1', number: 'A-2026-0001', entryCode: '306007-000001', entryTitle: '企业许可', consumer: org('b'), consumerCredit: null, provider: org('a'), applicant: '何沐青', fields: [], filter: [], filterBehindMask: [], versionRule: { kind: 'current' }, purpose: '', use: '',
  legalBasis: '', delivery: 'api', until: '2027-01-01', quota: null, appId: null, link: null, commitment: { text: '', explicit: true }, state: 'submitted', clock, clocks: [clock], dueAt: clock.dueAt,
  submittedAt: '2026-11-02T01:00:00Z', decidedAt: null, decision: null, rule: null, opinions: [opinion('consented'), opinion('asked')], material: [], escalatedAt: null, deliveryEscalatedAt: null, urgedAt: null, mediation: null,
  evaluations: [], evaluationDueAt: null, history: [], grantId: null, revision: 1, allowedActions: [],
}
const grant: Pick<Grant, 'state' | 'lastUsedAt'> = { state: 'active', lastUsedAt: null }
const states = (application: Application, of?: typeof grant): string => processOf(application, of).map(({ key, state }) => `${key}:${state}`).join(' ')

describe('the process of an application', () => {
  it('waits for the departments with the parts that have answered', () => {
    expect(states(asked)).toBe('submitted:done ruled:done answer:now granted:next delivery:next use:next evaluation:next')
    expect(processOf(asked).find(({ key }) => key === 'answer')).toMatchObject({ done: 1, all: 2 })
  })
  it('stands at the applicant while material is owed', () => {
    const item = { id: 'm', title: '委托书', supplied: false, note: '', askedAt: clock.startedAt, suppliedAt: null }
    expect(states({ ...asked, state: 'material-owed', material: [item] })).toContain('material:now answer:next')
  })
  it('knows no answer of people where a rule decided', () => {
    const decided = { ...asked, state: 'approved', decision: { by: 'rule', reason: '', legalBasis: '' }, opinions: [] } as const
    expect(states({ ...decided, opinions: [] }, grant)).toBe('submitted:done ruled:done granted:done use:now evaluation:next')
  })
  it('ends at a refusal, and goes on by mediation', () => {
    const refused: Application = { ...asked, state: 'refused', decision: { by: 'department', reason: '', legalBasis: '' } }
    expect(states(refused)).toBe('submitted:done ruled:done answer:no')
    const mediation = { requestedAt: clock.startedAt, reason: '', outcome: null, decidedAt: null }
    expect(states({ ...refused, state: 'in-mediation', mediation })).toBe('submitted:done ruled:done answer:done mediation:now granted:next delivery:next use:next evaluation:next')
    expect(states({ ...refused, state: 'upheld', mediation: { ...mediation, outcome: 'upheld' } })).toBe('submitted:done ruled:done answer:done mediation:no')
    const ordered = { ...mediation, outcome: 'ordered', decidedAt: '2026-11-20T01:00:00Z' } as const
    const granted = processOf({ ...refused, state: 'approved', decidedAt: '2026-11-10T01:00:00Z', mediation: ordered }).find(({ key }) => key === 'granted')
    expect(granted?.at).toBe(ordered.decidedAt)
  })
  it('shows a delivery that is under way, then use, then a grant taken away', () => {
    const approved: Application = { ...asked, state: 'approved', decision: { by: 'department', reason: '', legalBasis: '' }, clocks: [clock, { ...clock, kind: 'delivery' }] }
    expect(states(approved, grant)).toContain('granted:done delivery:now use:next')
    const delivered: Application = { ...approved, clocks: [{ ...clock, kind: 'delivery', state: 'stopped' }], history: [{ at: '2026-11-12T01:00:00Z', action: 'delivered', actor: { kind: 'user', id: '2', name: '何沐青', organisation: 'a' }, reason: '', receiptId: null }] }
    expect(states(delivered, grant)).toContain('delivery:done use:now')
    expect(processOf(delivered, grant).find(({ key }) => key === 'delivery')?.at).toBe('2026-11-12T01:00:00Z')
    expect(states(approved, { state: 'revoked', lastUsedAt: clock.startedAt })).toContain('use:no')
  })
})
