import type { Access, User } from '@datong/contracts'

/** Whether a person may call an operation with this access at all. */
export function allows(access: Access, user: Pick<User, 'roles'> | null): boolean {
  if (access === 'anyone') return true
  if (!user) return false
  if (access === 'signed-in') return true
  return user.roles.some((role) => access[role] !== undefined)
}
