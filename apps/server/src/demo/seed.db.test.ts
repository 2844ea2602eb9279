import type { Application, Derived, Duties, Entry, Evaluation, EvidenceItem, Grant, Rule } from '@datong/contracts'
import { systemClock } from '@datong/kernel'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, aServer, type TestServer } from '../testing/a-server.ts'
import { seedDemoCity } from './seed.ts'
import { createStoryClock } from './story-clock.ts'

const PASSWORD = 'a password for all of them'
const clock = createStoryClock(systemClock)
let server: TestServer
beforeAll(async () => {
  server = await aServer({ clock, empty: true })
})
afterAll(() => server.stop())

/** Starts the seeding and, when told to, breaks it off after a while. */
async function seed(breakAfterMs?: number): Promise<string | undefined> {
  const stop = new AbortController()
  const timer = breakAfterMs === undefined ? undefined : setTimeout(() => stop.abort(), breakAfterMs)
  try {
    return await seedDemoCity({
      datong: { ...server, http: server }, home: server.home, clock, password: PASSWORD, say: () => undefined, signal: stop.signal, scale: 0.02,
    })
  } catch (error) {
    if (stop.signal.aborted) return undefined
    throw error
  } finally {
    clearTimeout(timer)
  }
}

async function listed<T>(url: string, username: string): Promise<T[]> {
  const { body } = await ask(server.app, { method: 'POST', url: '/api/v1/session', payload: { username, password: PASSWORD } })
  const answer = await ask(server.app, { url, headers: { authorization: `Bearer ${String(body['token'])}` } })
  return answer.body['items'] as T[] // checked by the schema
}

describe('the demonstration city', () => {
  it('is made once, also when starts are broken off on the way', { timeout: 300_000 }, async () => {
    for (const breakAfterMs of [300, 2_500]) await seed(breakAfterMs)
    const text = await seed()
    expect(text).toContain(`password: ${PASSWORD}`)
    expect(await seed()).toBe(text)
    const entries = await listed<Entry>('/api/v1/catalog/entries?limit=200', 'steward')
    expect(entries).toHaveLength(26)
    expect(new Set(entries.map(({ title }) => title)).size).toBe(26)
    expect(new Set(entries.map(({ state }) => state))).toEqual(new Set(['draft', 'submitted', 'returned', 'approved', 'published']))
  })

  it('has applications on all ways of the process, with clocks of the past', async () => {
    const applications = await listed<Application>('/api/v1/sharing/applications?limit=100', 'auditor')
    expect(applications).toHaveLength(20)
    expect(new Set(applications.map(({ state }) => state))).toEqual(new Set(['submitted', 'material-owed', 'approved', 'refused', 'in-mediation', 'withdrawn']))
    const running = applications.filter(({ clock: { state } }) => state === 'running')
    expect(running.filter(({ clock: { late } }) => late).map(({ escalatedAt }) => escalatedAt !== null)).toEqual([true])
    expect(running.filter(({ clock: { late, workingDaysLeft } }) => !late && workingDaysLeft <= 2)).toHaveLength(1)
    expect(running.filter(({ clock: { extendedBy } }) => extendedBy !== undefined)).toHaveLength(1)
    expect(applications.filter(({ purposeCode }) => typeof purposeCode !== 'string')).toEqual([])
    expect(applications.filter(({ opinions }) => opinions.length > 1).map(({ opinions }) => opinions.map(({ state }) => state).sort())).toEqual([['asked', 'consented']])
    expect(applications.filter(({ mediation }) => mediation !== null).map(({ mediation, state }) => [mediation?.outcome, state]).sort()).toEqual([['ordered', 'approved'], [null, 'in-mediation']].sort())
    for (const { submittedAt, decidedAt, history } of applications) {
      expect(submittedAt <= (decidedAt ?? '9')).toBe(true)
      expect(history.map(({ at }) => at)).toEqual(history.map(({ at }) => at).sort())
    }
  })

  it('has applications that rules decided at once, one of them refused on a legal basis', async () => {
    const rules = await listed<Rule>('/api/v1/sharing/rules', 'auditor')
    expect(rules.map(({ state }) => state)).toEqual(['active', 'active'])
    const ids = new Set(rules.map(({ id }) => id))
    const byRule = (await listed<Application>('/api/v1/sharing/applications?limit=100', 'auditor')).filter(({ decision, rule }) => decision?.by === 'rule' && ids.has(rule?.id ?? ''))
    expect(byRule.map(({ state, delivery }) => [state, delivery]).sort()).toEqual([['approved', 'verify'], ['refused', 'file']])
    for (const { submittedAt, decidedAt } of byRule) expect(Date.parse(decidedAt!) - Date.parse(submittedAt)).toBeLessThan(60_000)
    expect(byRule.find(({ state }) => state === 'refused')?.decision?.legalBasis).toContain('个人信息保护法')
    expect((await listed<Duties>('/api/v1/sharing/duties', 'auditor')).filter(({ purposes }) => purposes.length > 0)).toHaveLength(8)
  })

  it('has grants in every state that were used, an interface over two of them, and evidence in the order of time', async () => {
    const grants = await listed<Grant>('/api/v1/sharing/grants?limit=100', 'auditor')
    expect(grants.map(({ state }) => state).sort()).toEqual([
      'active', 'active', 'active', 'active', 'active', 'active', 'active', 'active', 'expired', 'replaced', 'revoked', 'suspended',
    ])
    for (const { callsTotal } of grants) expect(callsTotal).toBeGreaterThan(5)
    const expired = grants.find(({ state }) => state === 'expired')!
    expect((await listed<Evaluation>(`/api/v1/sharing/evaluations?grantId=${expired.id}`, 'auditor')).map(({ scores }) => scores)).toEqual([{ quality: 4, timeliness: 3, effect: 5 }])
    expect((await listed<Derived>('/api/v1/delivery/derived', 'provider2')).map(({ problem }) => problem)).toEqual([null])
    const { body: { token } } = await ask(server.app, { method: 'POST', url: '/api/v1/session', payload: { username: 'auditor', password: PASSWORD } })
    const errors = async () => {
      const { body } = await ask(server.app, { url: '/api/v1/delivery/usage', headers: { authorization: `Bearer ${String(token)}` } })
      return (body['errors'] as { code: string }[]).map(({ code }) => code) // as in the contract
    }
    // How calls went is written each second.
    await expect.poll(errors, { timeout: 10_000 }).toEqual(expect.arrayContaining(['delivery/invalid-query', 'delivery/suspended']))
    const evidence = (await listed<EvidenceItem>('/api/v1/evidence/entries?limit=200', 'auditor')).filter(({ leafIndex }) => leafIndex !== null)
    // To the minute: records of the same moment are committed side by side.
    const byLeaf = evidence.sort((a, b) => a.leafIndex! - b.leafIndex!).map(({ at }) => at.slice(0, 16))
    expect(byLeaf).toEqual(byLeaf.toSorted())
  })

  it('leaves its password in no readable file and in no row', async () => {
    expect((await stat(join(server.home, 'demo-accounts.txt'))).mode & 0o777).toBe(0o600)
    expect(await readFile(join(server.home, 'demo-city.json'), 'utf8')).not.toContain(PASSWORD)
  })
})
