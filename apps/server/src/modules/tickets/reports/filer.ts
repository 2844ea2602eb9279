import { chinaDay } from '@datong/kernel'
import { createHmac } from 'node:crypto'
import ipaddr from 'ipaddr.js'
import type { Caller } from '../../../platform/caller.ts'
import type { Sealer } from '../../../platform/seal.ts'

/** Who reports, as far as he is counted, and how many reports a day he may make. */
export interface Filer {
  readonly key: string
  readonly accountId: string | null
  readonly most: number
  /** Not an officer of a department. */
  readonly public: boolean
}

/** Reports of the public that one entry takes in a day. */
export const MOST_OF_ENTRY = 100
/** Filers without an account. */
export const BY_ADDRESS = 'address '
const MOST = { address: 5, account: 10, officer: 100 } as const
/** Whoever has one address of IPv6 has its whole network of 64 bits. */
const NETWORK_BYTES = 8

/** An address is counted under a key of the day: the next day nobody can tell who it was. */
export function filerOf({ actor, organisation }: Caller, address: string, now: Date, sealer: Sealer): Filer {
  if (actor.kind !== 'public') {
    return { key: `${actor.kind} ${actor.id}`, accountId: actor.kind === 'user' ? actor.id : null, most: organisation === null ? MOST.account : MOST.officer, public: organisation === null }
  }
  const key = createHmac('sha256', sealer.derive(`reports of ${chinaDay(now)}`)).update(networkOf(address)).digest('base64url')
  return { key: `${BY_ADDRESS}${key}`, accountId: null, most: MOST.address, public: true }
}

function networkOf(address: string): Uint8Array {
  if (!ipaddr.isValid(address)) return Buffer.from(address)
  const parsed = ipaddr.process(address)
  const bytes = Uint8Array.from(parsed.toByteArray())
  return parsed.kind() === 'ipv6' ? bytes.subarray(0, NETWORK_BYTES) : bytes
}
