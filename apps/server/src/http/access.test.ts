import { operations, type Role, ROLES, SEPARATED_ROLES } from '@datong/contracts'
import { isAppError } from '@datong/kernel'
import { describe, expect, it } from 'vitest'
import { type Caller, PUBLIC_CALLER, reachOf } from '../platform/caller.ts'
import { ACCESS_TABLE } from './access-table.ts'

const HERE = '11990100000000001A'
const ELSEWHERE = '11990100000000002B'
const ORGANISATIONS = { own: HERE, other: ELSEWHERE, none: null } as const
type Belonging = keyof typeof ORGANISATIONS

const callerOf = (role: Role | 'public', organisation: string | null): Caller =>
  role === 'public' ? PUBLIC_CALLER
    : { actor: { kind: 'user', id: 'u', name: 'U', organisation }, roles: [role], organisation, keyId: null }

/** The status of an operation on an object that belongs to `HERE`, as the contracts have it. */
function byContract(id: keyof typeof operations, caller: Caller): 200 | 401 | 403 | 404 {
  const operation = operations[id]
  try {
    const reach = reachOf(operation, caller)
    // What `anyone` or `signed-in` may see of an object is the module's matter, not that of the operation.
    if (operation.access === 'anyone' || operation.access === 'signed-in') return 200
    return reach === 'all' || caller.organisation === HERE ? 200 : 404
  } catch (error) {
    if (!isAppError(error)) throw error
    return error.code === 'access/unauthenticated' ? 401 : 403
  }
}

/** The same, as the table has it. */
function byTable(id: string, who: Role | 'public', belonging: Belonging): 200 | 401 | 403 | 404 {
  const cells = ACCESS_TABLE[id]?.trim().split(/\s+/) ?? []
  const cell = who === 'public' ? cells[ROLES.length] : cells[ROLES.indexOf(who)]
  if (cell === '-') return who === 'public' ? 401 : 403
  const open = cells.every((other) => other === 'own') || cells.slice(0, -1).every((other) => other === 'own')
  return cell === 'all' || open || belonging === 'own' ? 200 : 404
}

const ids = Object.keys(operations) as (keyof typeof operations)[] // the keys of a constant object

describe('access', () => {
  it('is in the table for each operation and each role, and for nothing else', () => {
    expect(Object.keys(ACCESS_TABLE).sort()).toEqual([...ids].sort())
    for (const [id, row] of Object.entries(ACCESS_TABLE)) {
      const cells = row.trim().split(/\s+/)
      expect(cells, id).toHaveLength(ROLES.length + 1)
      for (const cell of cells) expect(['own', 'all', '-'], id).toContain(cell)
    }
  })

  it.each(ids)('of %s is what the table says, for each role and organisation', (id) => {
    for (const who of [...ROLES, 'public'] as const) {
      for (const belonging of ['own', 'other', 'none'] as const) {
        const caller = callerOf(who, ORGANISATIONS[belonging])
        expect(byContract(id, caller), `${id} as ${who} of ${belonging} organisation`).toBe(byTable(id, who, belonging))
      }
    }
  })

  it('of a key ends where a session is asked for', () => {
    const key: Caller = { actor: { kind: 'application', id: 'a', name: 'A', organisation: HERE }, roles: [], organisation: HERE, keyId: 'k' }
    for (const id of ids) expect(byContract(id, key)).toBe(operations[id].access === 'anyone' ? 200 : 401)
  })

  it('gives no power over users, settings of security and the log to one role alone', () => {
    const changes = { createUser: 'sysadmin', setRoles: 'security', startAudit: 'auditor' } as const
    for (const [id, only] of Object.entries(changes)) {
      const able = SEPARATED_ROLES.filter((role) => byTable(id, role, 'own') === 200)
      expect(able).toEqual([only])
    }
  })
})
