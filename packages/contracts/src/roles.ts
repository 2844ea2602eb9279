import { Type } from 'typebox'

/** Roles in the order of `domain.md`'s powers. A person may hold several, within the separation of duties below. */
export const ROLES = [
  'provider',
  'consumer',
  'steward',
  'security',
  'sysadmin',
  'auditor',
  'leader',
  'developer',
] as const
export type Role = (typeof ROLES)[number]

/** 三员分立: no one person holds two of these. */
export const SEPARATED_ROLES: readonly Role[] = ['sysadmin', 'security', 'auditor']

export const RoleSchema = Type.Enum(ROLES)
