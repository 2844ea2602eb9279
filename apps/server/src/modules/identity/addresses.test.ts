import { describe, expect, it } from 'vitest'
import { addressTest, isAddressRange } from './addresses.ts'

describe('addresses of a key', () => {
  it('are whole addresses and ranges of both versions', () => {
    const test = addressTest(['10.20.0.0/16', '192.0.2.7', '2001:db8::/32'])
    expect(['10.20.255.1', '192.0.2.7', '2001:db8:1::9', '::ffff:10.20.0.1'].map(test)).toEqual([true, true, true, true])
    expect(['10.21.0.1', '192.0.2.8', '2001:db9::1', '::1', 'unknown', ''].map(test)).toEqual([false, false, false, false, false, false])
  })

  it('written as mapped IPv4 are the IPv4 address', () => {
    expect(addressTest(['::ffff:192.0.2.7'])('192.0.2.7')).toBe(true)
  })

  it('are nothing that programs read differently', () => {
    for (const text of ['10.1', '0x7f.1', '010.0.0.1', '1', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/08', '10.0.0.0/8/8', 'fe80::1%eth0', '2001:db8::/129', 'example.com', '']) {
      expect([text, isAddressRange(text)]).toEqual([text, false])
    }
  })
})
