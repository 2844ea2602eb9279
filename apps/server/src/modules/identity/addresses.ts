import ipaddr from 'ipaddr.js'

/** Whether an address is one of a list. */
export type AddressTest = (address: string) => boolean

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number]

/**
 * Reads an address or a range in CIDR form, in full notation only: `10.1` and `0x7f.1` mean different things to different
 * programs. An IPv4 address written as IPv6 (`::ffff:10.0.0.1`) is the IPv4 address.
 * @returns undefined when it is neither
 */
function rangeOf(text: string): Range | undefined {
  try {
    const [address = '', bits, ...more] = text.split('/')
    const plain = ipaddr.IPv6.isValid(address) && address.includes(':') ? ipaddr.IPv6.parse(address) : ipaddr.IPv4.isValidFourPartDecimal(address) ? ipaddr.IPv4.parse(address) : undefined
    if (plain === undefined || more.length > 0 || address.includes('%')) return undefined
    const most = plain.kind() === 'ipv4' ? 32 : 128
    if (bits === undefined) return [ipaddr.process(address), ipaddr.process(address).kind() === 'ipv4' ? 32 : 128]
    if (!/^(0|[1-9][0-9]{0,2})$/.test(bits) || Number(bits) > most) return undefined
    return [plain, Number(bits)]
  } catch {
    return undefined
  }
}

export const isAddressRange = (text: string): boolean => rangeOf(text) !== undefined

/** Compiles a list of addresses and ranges; what cannot be read allows nothing. */
export function addressTest(list: readonly string[]): AddressTest {
  const ranges = list.map(rangeOf).filter((range) => range !== undefined)
  return (address) => {
    if (!ipaddr.isValid(address)) return false
    const from = ipaddr.process(address)
    return ranges.some(([range, bits]) => range.kind() === from.kind() && from.match(range, bits))
  }
}
