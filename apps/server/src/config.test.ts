import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seededRandom } from '@datong/kernel'
import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from './config.ts'
import { readSecrets } from './secrets.ts'

describe('the settings', () => {
  it('have defaults for everything', () => {
    expect(readConfig({}, '/srv/datong')).toEqual({
      host: '127.0.0.1', port: 8080, home: '/srv/datong/var', databaseUrl: null, redisUrl: null, lakeDir: '/srv/datong/var/lake', dropDir: '/srv/datong/var/drop',
      role: 'all', demoPassword: null, logLevel: null, logOrigin: null,
      forms: { allowLoopback: false, pushNetworks: null, harvestNetworks: [], sourceNetworks: [], webhookPorts: [443, 8443], linkSpaceBytes: 20 * 2 ** 30, keptAnswerBytes: 64 * 2 ** 20 },
      maxFileBytes: 4 * 2 ** 30, keepFreeBytes: 2 ** 30, publicUrl: null, trustedProxies: [], longestKeyLifeDays: 730, signaturesFrom: 'top-secret', watermarkFrom: 'internal',
    })
  })

  it('count an empty variable as none', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: ' ' }, '/')).toMatchObject({ port: 8080, databaseUrl: null })
  })

  it('are refused with all problems at once, without repeating a secret', () => {
    const env = { PORT: '80800', DATABASE_URL: 'mysql://user:hunter2@db', DATONG_ROLE: 'boss', LAKE_URL: 's3://bucket', OIDC_ISSUER: 'https://x' }
    try {
      readConfig(env, '/')
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError)
      const { problems } = error as ConfigError // just asserted
      expect(problems.map((problem) => problem.split(' ')[0])).toEqual(['PORT', 'DATABASE_URL', 'LAKE_URL', 'OIDC_ISSUER', 'DATONG_ROLE'])
      expect(problems.join()).not.toContain('hunter2')
    }
  })
})

describe('the secrets', () => {
  it('are made once, kept readable for their owner only, and stay the same', async () => {
    const home = mkdtempSync(join(tmpdir(), 'datong-secrets-'))
    const first = await readSecrets(home, seededRandom(1), null)
    const second = await readSecrets(home, seededRandom(2), 'other.example/log')
    expect(second).toEqual(first)
    expect(first.sessionPepper).toHaveLength(32)
    expect(statSync(join(home, 'secrets.json')).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(home, 'secrets.json'), 'utf8')).toContain(first.logOrigin)
    rmSync(home, { recursive: true })
  })

  it('that are cut, or missing beside a store, are not made anew', async () => {
    const home = mkdtempSync(join(tmpdir(), 'datong-secrets-'))
    writeFileSync(join(home, 'secrets.json'), '{"cursorKey": "AAAA')
    await expect(readSecrets(home, seededRandom(1), null)).rejects.toThrow(/damaged; restore the file/)
    rmSync(join(home, 'secrets.json'))
    mkdirSync(join(home, 'postgres'))
    writeFileSync(join(home, 'postgres', 'PG_VERSION'), '18\n')
    await expect(readSecrets(home, seededRandom(1), null)).rejects.toThrow(/are missing/)
    rmSync(home, { recursive: true })
  })
})
