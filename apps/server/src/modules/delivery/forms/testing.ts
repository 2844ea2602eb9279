import type { EvidenceItem, Load, VersionRule } from '@datong/contracts'
import { setTimeout as sleep } from 'node:timers/promises'
import { aServer, BUREAU, HERE, THERE } from '../../../testing/a-server.ts'
import type { Caller } from '../../../platform/caller.ts'

export interface ShopOptions {
  readonly fields?: readonly string[]
  readonly filter?: readonly { readonly field: string; readonly op: 'eq' | 'lt' | 'gt'; readonly value: string | number }[]
  readonly versionRule?: VersionRule
}

/** A table of people of nobody: number, name (masked), phone (masked), district, amount. */
export const personRow = (number: number, change: { name?: string; district?: string; amount?: string } = {}): string =>
  [`B${String(number).padStart(6, '0')}`, change.name ?? `张三${'甲乙丙丁'[number % 4]!}`, `138${String(10_000_000 + number)}`, change.district ?? ['城东', '城西', '城南'][number % 3]!, change.amount ?? (100 + number / 4).toFixed(2)].join(',')

export const peopleTable = (rows: readonly string[]): string => `登记号,姓名,手机号码,区域,金额\n${rows.join('\n')}\n`

/** The whole server listening on a port, with people of both sides; for tests of forms of delivery. */
export async function aDeliveryHouse(settings: Readonly<Record<string, string>> = {}) {
  const server = await aServer({ settings: { DATONG_OUTBOUND_LOOPBACK: 'allow', ...settings } })
  const origin = await server.app.listen({ host: '127.0.0.1', port: 0 })
  const [provider, steward, consumer, security, auditor] = await Promise.all([
    server.as('provider', HERE), server.as('steward', BUREAU), server.as('consumer', THERE), server.as('security', BUREAU), server.as('auditor', BUREAU),
  ])
  const callerOf = async ({ user }: typeof provider): Promise<Caller> => server.identity.users.callerOf((await server.identity.users.find(user.id))!)

  async function api<T>(who: { headers: Record<string, string> }, method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object): Promise<{ status: number; body: T }> {
    const answer = await server.app.inject({ method, url: encodeURI(path), headers: who.headers, ...(payload === undefined ? {} : { payload }) })
    return { status: answer.statusCode, body: answer.json<T>() }
  }

  async function load(csv: string, entryCode?: string): Promise<string> {
    const source = async function* () {
      yield Buffer.from(csv)
    }
    const { loadId } = await server.collection.upload(source(), { fileName: '登记.csv', entryCode }, await callerOf(provider))
    for (;;) {
      const { body } = await api<Load>(provider, 'GET', `/api/v1/collection/loads/${loadId}`)
      if (body.state === 'done') return body.entryCode
      if (body.state === 'failed') throw new Error(JSON.stringify(body.error))
      await sleep(50)
    }
  }

  /** A published conditional entry with these rows. */
  async function anEntry(csv: string): Promise<string> {
    const code = await load(csv)
    await api(provider, 'PATCH', `/api/v1/catalog/entries/${code}`, {
      summary: '登记', sharingType: 'conditional', sharingCondition: '核查', openingType: 'closed', fields: [{ name: '登记号', identifier: true }],
    })
    await api(provider, 'POST', `/api/v1/catalog/entries/${code}/actions/submit`, {})
    const { status, body } = await api(steward, 'POST', `/api/v1/catalog/entries/${code}/actions/publish`, {})
    if (status !== 200) throw new Error(JSON.stringify(body))
    return code
  }

  /** A system with a grant and a key. */
  async function aSystem(code: string, { fields = ['登记号', '姓名', '区域', '金额'], filter = [], versionRule }: ShopOptions = {}) {
    const asked = await api<{ id: string }>(consumer, 'POST', '/api/v1/sharing/applications', {
      entryCode: code, fields, filter, ...(versionRule === undefined ? {} : { versionRule }), purpose: '履职核查', use: '征管系统', delivery: 'api', until: '2027-06-30',
    })
    const decided = await api<{ grantId: string }>(provider, 'POST', `/api/v1/sharing/applications/${asked.body.id}/actions/approve`, { quota: { perSecond: 1000, perDay: 100_000 } })
    const grant = await api<{ appId: string }>(consumer, 'GET', `/api/v1/sharing/grants/${decided.body.grantId}`)
    const made = await api<{ key: string }>(consumer, 'POST', `/api/v1/apps/${grant.body.appId}/keys`, { name: '系统' })
    if (made.status >= 300) throw new Error(JSON.stringify([asked, decided, made]))
    return {
      headers: { authorization: `Bearer ${made.body.key}` }, grantId: decided.body.grantId, appId: grant.body.appId,
      act: (action: 'revoke' | 'suspend') => api(action === 'revoke' ? provider : security, 'POST', `/api/v1/sharing/applications/${asked.body.id}/actions/${action}`, { reason: '检查' }),
    }
  }

  /** Evidence of an action, the newest first, as the auditor sees it. */
  async function evidenceOf(action: string): Promise<EvidenceItem[]> {
    await server.evidence.sequenceNow()
    return (await api<{ items: EvidenceItem[] }>(auditor, 'GET', `/api/v1/evidence/entries?action=${action}&limit=200`)).body.items
  }

  return { ...server, origin, provider, steward, consumer, security, api, load, anEntry, aSystem, evidenceOf }
}

export type DeliveryHouse = Awaited<ReturnType<typeof aDeliveryHouse>>
export type GrantedSystem = Awaited<ReturnType<DeliveryHouse['aSystem']>>

/** Asks again until it holds. */
export async function until(holds: () => Promise<boolean> | boolean, timeoutMs = 20_000): Promise<void> {
  for (const deadline = Date.now() + timeoutMs; !(await holds()); await sleep(20)) {
    if (Date.now() > deadline) throw new Error('it did not come to that in time')
  }
}
