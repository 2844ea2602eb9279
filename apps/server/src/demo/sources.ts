import type { BodyOf, operations, Source } from '@datong/contracts'
import { entryOf, organisationOf, providerOf, send, sessionOf, type Stage } from './context.ts'

const common = { markColumn: null, keyColumns: [], drift: 'hold' as const, schedule: null }

/** A department registers its register's database and a folder of its front-end machine; both are run by hand, for neither is really there. */
export async function registerSources(stage: Stage): Promise<void> {
  const headers = await sessionOf(stage, providerOf(stage, organisationOf(stage, 'market')))
  const url = '/api/v1/collection/sources'
  const { items } = (await send(stage, { url, headers })).json<{ items: Source[] }>()
  const register = async (source: BodyOf<typeof operations.createSource>): Promise<void> => {
    if (items.every(({ name }) => name !== source.name)) await send(stage, { method: 'POST', url, headers, payload: source })
  }
  await register({
    ...common, name: '企业登记业务库', kind: 'postgresql', secrets: { password: 'demonstration' }, from: { object: 'public.enterprise' }, mode: 'incremental', markColumn: 'updated_at', keyColumns: ['credit_code'],
    settings: { host: 'register.market.example', port: 5432, database: 'register', user: 'datong_reader', tls: 'verify', utcOffset: '+08:00' }, entryTitle: '企业登记变更记录',
  })
  await register({
    ...common, name: '行政处罚前置机文件夹', kind: 'folder', settings: { folder: 'penalty/daily', pattern: '*.csv', readyEnding: '.ok', quietSeconds: 60 }, secrets: {},
    from: { object: 'files' }, mode: 'full', drift: 'adapt', entryCode: entryOf(stage, 'penalty'),
  })
}
