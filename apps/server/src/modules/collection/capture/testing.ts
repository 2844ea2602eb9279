import pg from 'pg'
import { inject } from 'vitest'
import type { DeliveryHouse } from '../../delivery/forms/testing.ts'

/** Whether the server of the tests can be a source of changes: one that was given may not. */
export async function replicates(): Promise<boolean> {
  const client = new pg.Client({ connectionString: inject('datongTestServer').url })
  await client.connect()
  const { rows: [row] } = await client.query<{ level: string }>(`select current_setting('wal_level') as level`)
  await client.end()
  return row?.level === 'logical'
}

/** Publishes the entry of a capture, to be applied for. */
export async function aFollowedCode({ api, provider, steward }: Pick<DeliveryHouse, 'api' | 'provider' | 'steward'>, code: string, identifier: string): Promise<void> {
  await api(provider, 'PATCH', `/api/v1/catalog/entries/${code}`, {
    summary: '登记', sharingType: 'conditional', sharingCondition: '核查', openingType: 'closed', fields: [{ name: identifier, identifier: true }],
  })
  await api(provider, 'POST', `/api/v1/catalog/entries/${code}/actions/submit`, {})
  const { status, body } = await api(steward, 'POST', `/api/v1/catalog/entries/${code}/actions/publish`, {})
  if (status !== 200) throw new Error(JSON.stringify(body))
}
