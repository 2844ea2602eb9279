import type { Role } from '@datong/contracts'
import { describe, expect, it } from 'vitest'
import { viewOf, viewsOf } from './views.ts'

const of = (...roles: Role[]) => viewsOf((role) => roles.includes(role))

describe('the views of the inbox', () => {
  it('begin with what waits for a provider', () => {
    expect(of('provider')).toEqual(['waiting', 'answered', 'received'])
    expect(of('provider', 'consumer')).toEqual(['waiting', 'answered', 'received', 'ours', 'all'])
  })
  it('are one for who only asks', () => {
    expect(of('consumer')).toEqual(['ours'])
  })
  it('show all to who oversees, with what came to the bureau', () => {
    expect(of('steward')).toEqual(['all', 'escalated', 'mediation'])
  })
})

describe('the view that opens', () => {
  it('is the one asked for, where it is one of theirs', () => {
    expect(viewOf(of('provider'), 'answered', false)).toBe('answered')
    expect(viewOf(of('consumer'), 'escalated', false)).toBe('ours')
  })
  it('is a wide one when a link narrows the list already', () => {
    expect(viewOf(of('provider'), undefined, true)).toBe('received')
    expect(viewOf(of('provider', 'consumer'), undefined, true)).toBe('all')
  })
})
