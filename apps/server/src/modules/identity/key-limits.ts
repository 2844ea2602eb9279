import type { Scope } from '@datong/contracts'
import { AppError, type Issue } from '@datong/kernel'
import type { IdentityContext } from './context.ts'
import { isAddressRange } from './addresses.ts'

/** What a key may be used for, from where, and until when. */
export interface KeyLimits {
  readonly scopes: readonly Scope[] | null
  readonly entryCodes: readonly string[] | null
  readonly addresses: readonly string[]
  readonly expiresAt: Date
}

/** What is asked for; what is left out is not limited, and a key without an end gets one. */
export interface WantedLimits {
  readonly scopes?: readonly Scope[] | undefined
  readonly entryCodes?: readonly string[] | undefined
  readonly addresses?: readonly string[] | undefined
  readonly expiresAt?: Date | undefined
}

const DAY_MS = 86_400_000
/** How long a key lives when nobody says. */
const USUAL_LIFE_DAYS = 365

/** @throws AppError `request/invalid` naming each limit that cannot be: an end in the past or too late, an address that is none */
export function checkLimits({ clock, longestKeyLifeDays }: IdentityContext, wanted: WantedLimits): KeyLimits {
  const now = clock.now().getTime()
  const issues: Issue[] = []
  const expiresAt = wanted.expiresAt ?? new Date(now + Math.min(USUAL_LIFE_DAYS, longestKeyLifeDays) * DAY_MS)
  if (expiresAt.getTime() <= now) issues.push({ pointer: '/expiresAt', code: 'past', message: 'must be in the future' })
  // A day more: whoever picks the last day of the calendar means its end.
  if (expiresAt.getTime() > now + (longestKeyLifeDays + 1) * DAY_MS) {
    issues.push({ pointer: '/expiresAt', code: 'too-late', message: `must be within ${longestKeyLifeDays} days` })
  }
  for (const [index, address] of (wanted.addresses ?? []).entries()) {
    if (!isAddressRange(address)) issues.push({ pointer: `/addresses/${index}`, code: 'address', message: 'must be an address or a range such as 10.20.0.0/16' })
  }
  if (issues.length > 0) throw new AppError('request/invalid', {}, issues)
  return { scopes: wanted.scopes ?? null, entryCodes: wanted.entryCodes ?? null, addresses: wanted.addresses ?? [], expiresAt }
}
