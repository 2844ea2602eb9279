import type { Role } from '@datong/contracts'
import { describe, expect, it } from 'vitest'
import { type Caller, PUBLIC_CALLER } from '../../platform/caller.ts'
import { maySee } from './visibility.ts'

const ORGANISATION = '11330000000000001X'
const user = (roles: Role[], organisation: string | null = 'other', id = 'u-9'): Caller => ({
  actor: { kind: 'user', id, name: 'n', organisation }, roles, organisation, keyId: null,
})
const record = (chain: 'decision' | 'access', actor: { kind: 'user' | 'application'; id: string }) => ({
  chain,
  body: {
    action: 'a', actor: { ...actor, name: 'n', organisation: null }, parties: [ORGANISATION],
    subject: { type: 't', id: 'i', title: '' }, detail: {},
  },
})
const decision = record('decision', { kind: 'user', id: 'u-1' })
const access = record('access', { kind: 'application', id: 'app-1' })

describe('who may open a receipt', () => {
  it.each([
    ['the auditor', user(['auditor']), true, true],
    ['the security officer', user(['security']), true, true],
    ['the steward', user(['steward']), true, false],
    ['an officer of a party', user(['consumer'], ORGANISATION), true, true],
    ['an officer of another organisation', user(['provider', 'consumer']), false, false],
    ['somebody of a party without an officer\'s role', user(['leader'], ORGANISATION), false, false],
    ['whoever did it', user([], null, 'u-1'), true, false],
    ['the system administrator', user(['sysadmin']), false, false],
    ['the public', PUBLIC_CALLER, false, false],
    ['the application that called', { ...PUBLIC_CALLER, actor: { ...access.body.actor }, keyId: 'k' } as Caller, false, true],
    ['another application', { ...PUBLIC_CALLER, actor: { ...access.body.actor, id: 'app-2' }, keyId: 'k' } as Caller, false, false],
  ])('%s', (_, caller, seesDecision, seesAccess) => {
    expect([maySee(caller, decision), maySee(caller, access)]).toEqual([seesDecision, seesAccess])
  })
})
