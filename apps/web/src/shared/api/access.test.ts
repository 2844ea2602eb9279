import { operations } from '@datong/contracts'
import { describe, expect, it } from 'vitest'
import { allows } from './access.ts'

describe('what a role may use', () => {
  it('lets anybody read what is public', () => {
    expect(allows(operations.searchEntries.access, null)).toBe(true)
  })
  it('asks for a session where any session will do', () => {
    expect(allows(operations.listMaskingMethods.access, null)).toBe(false)
    expect(allows(operations.listMaskingMethods.access, { roles: [] })).toBe(true)
  })
  it('gives an operation to the roles that are named and to no other', () => {
    expect(allows(operations.setMaskingPolicy.access, { roles: ['security'] })).toBe(true)
    expect(allows(operations.setMaskingPolicy.access, { roles: ['provider', 'sysadmin'] })).toBe(false)
  })
})
