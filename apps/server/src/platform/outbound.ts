import { AppError } from '@datong/kernel'
import ipaddr from 'ipaddr.js'
import { lookup } from 'node:dns/promises'
import type { FormSettings } from './form-settings.ts'

/**
 * What goes out: a webhook goes to the public net, a push into a database of the government's own networks, too; another
 * catalogue is asked, and a source of data read, in the public net and in networks that the operator named for it.
 */
export type Outbound = 'webhook' | 'push' | 'harvest' | 'source'

const RANGES: Readonly<Record<Outbound, readonly string[]>> = {
  webhook: ['unicast'],
  push: ['unicast', 'private', 'uniqueLocal', 'carrierGradeNat'],
  harvest: ['unicast', 'private', 'uniqueLocal', 'carrierGradeNat'],
  source: ['unicast', 'private', 'uniqueLocal', 'carrierGradeNat'],
}

/** Addresses within those ranges at which clouds give their machines' credentials. */
const METADATA: readonly string[] = ['fd00:ec2::254', 'fd20:ce::254', '100.100.100.200', '192.0.0.192']

/** The settings that say where something may go. */
export type OutboundSettings = Pick<FormSettings, 'allowLoopback' | 'pushNetworks' | 'harvestNetworks' | 'sourceNetworks'>

/** Whether something may be sent to an address; IPv4 inside IPv6 counts as what it is. @see RFC 6890 */
export function isAllowed(address: string, use: Outbound, { allowLoopback, pushNetworks, harvestNetworks, sourceNetworks }: OutboundSettings): boolean {
  if (!ipaddr.isValid(address)) return false
  const ip = ipaddr.process(address)
  const range = ip.range()
  if (range === 'loopback') return allowLoopback
  if (!RANGES[use].includes(range) || METADATA.some((one) => ipaddr.parse(one).toNormalizedString() === ip.toNormalizedString())) return false
  const named = use === 'harvest' ? harvestNetworks : use === 'source' ? sourceNetworks : undefined
  if (named !== undefined && range !== 'unicast') return named.some((network) => isWithin(ip, network))
  return use !== 'push' || pushNetworks === null || pushNetworks.some((network) => isWithin(ip, network))
}

function isWithin(ip: ipaddr.IPv4 | ipaddr.IPv6, network: string): boolean {
  const [base, bits] = ipaddr.parseCIDR(network)
  return base.kind() === ip.kind() && ip.match([base, bits])
}

/**
 * The address of a receiver, to connect to exactly that one: a name that leads elsewhere a moment later changes nothing.
 * A name with one address that is not allowed is refused with all.
 * @throws AppError `delivery/address-refused`
 */
export async function resolveReceiver(host: string, use: Outbound, settings: OutboundSettings): Promise<{ readonly address: string; readonly family: number }> {
  const found = await lookup(host.replace(/^\[(.*)\]$/, '$1'), { all: true }).catch(() => [])
  const [first] = found
  if (first === undefined) throw new AppError('delivery/address-refused', { host, reason: 'unknown' })
  if (!found.every(({ address }) => isAllowed(address, use, settings))) throw new AppError('delivery/address-refused', { host, reason: 'not-allowed' })
  return first
}
