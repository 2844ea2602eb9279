import { AppError } from '@datong/kernel'
import type { Caller } from '../../../platform/caller.ts'

/** Who made something lasting, as its row says. */
export interface HeldRow {
  readonly app_id: string | null
  readonly organisation: string | null
  readonly maker: { readonly actor: { readonly id: string } }
}

/** Lasting deliveries belong to somebody who can be told. @throws AppError `access/unauthenticated` for the public */
export function requireKnown(caller: Caller): void {
  if (caller.actor.kind === 'public') throw new AppError('access/unauthenticated')
}

/** An application has its own; people have those of their department, or what they made themselves when they have none. */
export function isHeldBy(row: HeldRow, caller: Caller): boolean {
  if (caller.actor.kind === 'application') return row.app_id === caller.actor.id
  if (caller.organisation !== null) return row.organisation === caller.organisation
  return row.maker.actor.id === caller.actor.id
}

/** The row when the caller holds it; otherwise as if it did not exist. @throws AppError `request/not-found` */
export function requireHeld<R extends HeldRow>(row: R | undefined, entryCode: string, caller: Caller, rowEntry: (row: R) => string): R {
  if (row === undefined || rowEntry(row) !== entryCode || !isHeldBy(row, caller)) throw new AppError('request/not-found')
  return row
}
