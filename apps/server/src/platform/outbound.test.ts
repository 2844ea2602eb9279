import { describe, expect, it } from 'vitest'
import type { FormSettings } from './form-settings.ts'
import { isAllowed, resolveReceiver } from './outbound.ts'

const SETTINGS: FormSettings = { allowLoopback: false, pushNetworks: null, harvestNetworks: [], sourceNetworks: [], webhookPorts: [443], linkSpaceBytes: 1, keptAnswerBytes: 0 }

const HOSTILE = [
  '127.0.0.1', '127.8.9.10', '0.0.0.0', '::1', '::', '::ffff:127.0.0.1', '::ffff:7f00:1', '169.254.169.254', '::ffff:169.254.169.254', 'fe80::1',
  '224.0.0.1', '255.255.255.255', '240.0.0.1', 'ff02::1', '64:ff9b::7f00:1', '2002:7f00:1::', '2001::1', 'fd00:ec2::254', '100.100.100.200', '192.0.0.192', 'nonsense', '',
]

describe('what leaves by itself', () => {
  it.each(HOSTILE)('never goes to %s', (address) => {
    const everywhere = { ...SETTINGS, harvestNetworks: ['0.0.0.0/0', '::/0'], sourceNetworks: ['0.0.0.0/0', '::/0'] }
    const uses = [isAllowed(address, 'webhook', SETTINGS), isAllowed(address, 'push', SETTINGS), isAllowed(address, 'harvest', everywhere), isAllowed(address, 'source', everywhere)]
    expect(uses).toEqual([false, false, false, false])
  })

  it.each(['10.0.0.1', '172.16.3.4', '192.168.1.1', 'fd12::1', '100.64.0.1', '::ffff:10.0.0.1'])('goes to %s as a push and not as a webhook', (address) => {
    expect([isAllowed(address, 'webhook', SETTINGS), isAllowed(address, 'push', SETTINGS)]).toEqual([false, true])
  })

  it.each(['8.8.8.8', '2400:3200::1'])('goes to %s', (address) => {
    expect([isAllowed(address, 'webhook', SETTINGS), isAllowed(address, 'push', SETTINGS)]).toEqual([true, true])
  })

  it('goes only into the networks that the operator named', () => {
    const narrow = { ...SETTINGS, pushNetworks: ['10.2.0.0/16', 'fd12::/16'] }
    expect(['10.2.3.4', '10.3.0.1', 'fd12::9', '8.8.8.8', '::ffff:10.2.0.1'].map((address) => isAllowed(address, 'push', narrow))).toEqual([true, false, true, false, true])
  })

  it.each(['harvest', 'source'] as const)('reads in inner networks only where the operator named them: %s', (use) => {
    const named = { ...SETTINGS, [`${use}Networks`]: ['10.2.0.0/16'] }
    expect(['10.2.3.4', '10.3.0.1', '8.8.8.8'].map((address) => isAllowed(address, use, SETTINGS))).toEqual([false, false, true])
    expect(['10.2.3.4', '10.3.0.1', '8.8.8.8'].map((address) => isAllowed(address, use, named))).toEqual([true, false, true])
  })

  it.each(['localhost', '2130706433', '0x7f000001', '0177.0.0.1', '127.1', '[::1]', '[::ffff:127.0.0.1]', '0', 'no-such-name.invalid'])('is refused for the host %s', async (host) => {
    await expect(resolveReceiver(host, 'webhook', SETTINGS)).rejects.toMatchObject({ code: 'delivery/address-refused' })
  })
})
