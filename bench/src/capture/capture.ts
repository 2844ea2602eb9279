import { operations } from '@datong/contracts'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Benchmark, Figures } from '../benchmark.ts'
import { withCleanup } from '../cleanup.ts'
import { grant, type Officers, type Prepared, publish, signInAll } from '../delivery/prepare.ts'
import { servingTable, startGoverned } from '../delivery/start.ts'
import type { Settings } from '../settings.ts'
import { quantile, round } from '../statistics.ts'
import { changeSteadily, type Watched } from './change-steadily.ts'
import { peerOf } from './peer.ts'
import { type ChangingSource, codeOf, mariadbSource, postgresqlSource } from './source.ts'

/** From the commit at a department's database until a consumer's governed call answers with it. */
export const captureBenchmark: Benchmark = {
  name: 'capture',
  run: (settings, tell) => withCleanup(async (defer) => {
    const { governed, password, connection } = await startGoverned(settings.profileFolder, defer, { DATONG_OUTBOUND_LOOPBACK: 'allow' })
    const officers = await signInAll(governed.url, password)
    const postgresql = await postgresqlSource(settings.captureRows, defer)
    const mariadb = await mariadbSource(settings.captureRows, defer)
    if (mariadb === null) tell('MariaDB is not installed: left out')
    let figures: Figures = { rows: settings.captureRows, changesPerSecond: settings.captureRate, seconds: settings.captureSeconds }
    for (const source of [postgresql, ...(mariadb === null ? [] : [mariadb])]) {
      const { captureId, prepared } = await follow(officers, source)
      await servingTable(connection, prepared.entry.code)
      const read = consumerOf(governed.url, prepared)
      await warmUp(officers, captureId, source)
      const peer = source === postgresql ? await peerOf(postgresql, defer) : null
      const measured = await measure(source, settings, { read, peer, pack: async () => void (await officers.provider(operations.actOnCapture, { params: { id: captureId, action: 'pack' }, body: {} })) })
      await requireSame(source, governed.url, prepared)
      await leave(officers, captureId, source)
      tell(`${source.kind}: ${JSON.stringify(measured)}`)
      figures = { ...figures, ...Object.fromEntries(Object.entries(measured).map(([name, value]) => [`${source.kind}${name[0]?.toUpperCase() ?? ''}${name.slice(1)}`, value])) }
    }
    return figures
  }),
}

const WAIT_MS = 300_000

async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (const since = performance.now(); performance.now() - since < WAIT_MS; await sleep(200)) {
    const found = await ask()
    if (found !== undefined) return found
  }
  throw new Error('it did not come to that in time')
}

/** The whole way of officers: register, capture, publish, apply, approve, key. */
async function follow(officers: Officers, { kind, object, database }: ChangingSource): Promise<{ captureId: string; prepared: Prepared }> {
  const { provider } = officers
  const source = await provider(operations.createSource, {
    body: {
      name: `企业库 ${kind}`, kind, settings: { host: '127.0.0.1', port: database.port, database: database.database, user: database.user, tls: 'off', utcOffset: '+08:00' },
      secrets: { password: database.password }, from: { object }, mode: 'changes', markColumn: null, keyColumns: [], drift: 'hold', schedule: null, entryTitle: `企业 ${kind}`,
    },
  })
  const { id } = await provider(operations.createCapture, { body: { sourceId: source.id } })
  const capture = await until(async () => {
    const now = await provider(operations.getCapture, { params: { id } })
    const load = now.loadId === null ? undefined : await provider(operations.getLoad, { params: { id: now.loadId } })
    if (load?.state === 'failed' || now.state === 'held') throw new Error(`the capture failed: ${JSON.stringify(load?.error ?? now.failure)}`)
    return load?.state === 'done' && now.state === 'running' ? now : undefined
  })
  const entry = await publish(officers, capture.entryCode, { title: capture.entryTitle, identifier: 'code', sharingType: 'conditional' })
  return { captureId: id, prepared: await grant(officers, entry) }
}

const WARMED_ROWS = 2_000

/** One version made of changes before anything is measured: the first time everything is slower. */
async function warmUp({ provider }: Officers, captureId: string, { database }: ChangingSource): Promise<void> {
  await database.query(`update company set serial = -1 where code < '${codeOf(WARMED_ROWS)}'`)
  await until(async () => ((await provider(operations.getCapture, { params: { id: captureId } })).unpacked > 0 ? true : undefined))
  const { loadId } = await provider(operations.actOnCapture, { params: { id: captureId, action: 'pack' }, body: {} })
  await until(async () => ((await provider(operations.getLoad, { params: { id: loadId ?? '' } })).state === 'done' ? true : undefined))
}

/** Ends the capture, and waits until the source keeps nothing for it. */
async function leave({ provider }: Officers, captureId: string, { kind, database }: ChangingSource): Promise<void> {
  await until(async () => provider(operations.actOnCapture, { params: { id: captureId, action: 'end' }, body: {} }).catch(() => undefined))
  if (kind === 'postgresql') await until(async () => ((await database.query(`select 1 from pg_replication_slots where slot_name like 'datong%'`)).length === 0 ? true : undefined))
}

/** What a consumer has of a row: its serial, or null for no row. */
type Read = (code: string) => Promise<number | null>

function consumerOf(url: string, { entry, key }: Prepared): Read {
  return async (code) => {
    const answer = await fetch(`${url}/data/v1/${entry.code}/rows?code=${code}&select=code,serial`, { headers: { authorization: `Bearer ${key}` } })
    if (!answer.ok) throw new Error(`a row was answered with ${answer.status}: ${await answer.text()}`)
    const { items: [row] } = await answer.json() as { items: { serial: number }[] } // the contract's form
    return row?.serial ?? null
  }
}

/** Asked more often, the asking would be the load. */
const ASK_EVERY_MS = 20
/** One that is not seen by then is lost. */
const LOST_MS = 60_000

/** Asks until the change is there. @returns milliseconds since its commit */
async function seen(read: Read, { code, serial, committedMs }: Watched): Promise<number> {
  for (;;) {
    const found = await read(code)
    const ms = performance.now() - committedMs
    if (serial === null ? found === null : found !== null && found >= serial) return ms
    if (ms > LOST_MS) throw new Error(`a change of ${code} was not seen within a minute`)
    await sleep(ASK_EVERY_MS)
  }
}

interface Sides {
  readonly read: Read
  readonly peer: Read | null
  readonly pack: () => Promise<void>
}

async function measure({ database }: ChangingSource, { captureRows, captureRate, captureSeconds }: Settings, { read, peer, pack }: Sides): Promise<Record<string, number>> {
  const waits: Promise<number>[] = []
  /** Those that were committed before a version was asked for. */
  let ofSteady = 0
  const ofPeer: Promise<number>[] = []
  // In the middle a version is made of what has come, and put in the place of the one that is read.
  const packing = sleep(captureSeconds * 500).then(() => {
    ofSteady = waits.length
    return pack()
  })
  const began = performance.now()
  const changes = await changeSteadily(database.query, { rows: captureRows, rate: captureRate, seconds: captureSeconds }, (watched) => {
    waits.push(seen(read, watched))
    if (peer !== null) ofPeer.push(seen(peer, watched))
  })
  const seconds = (performance.now() - began) / 1000
  await packing
  const [ms, peerMs] = [await Promise.all(waits), await Promise.all(ofPeer)]
  return {
    changes, perSecond: round(changes / seconds), watched: ms.length, p50Ms: round(quantile(ms, 0.5)), p95Ms: round(quantile(ms, 0.95)), p99Ms: round(quantile(ms, 0.99)), mostMs: round(Math.max(...ms)),
    // Without the making of a version, which takes the same processor here.
    steadyP95Ms: round(quantile(ms.slice(0, ofSteady), 0.95)),
    ...(peer === null ? {} : { peerP50Ms: round(quantile(peerMs, 0.5)), peerP95Ms: round(quantile(peerMs, 0.95)) }),
  }
}

/** Every row at the source is at the consumer's, and no other: nothing was lost, nothing came twice. */
async function requireSame({ database }: ChangingSource, url: string, { entry, key }: Prepared): Promise<void> {
  const source = new Map((await database.query('select code, serial from company')).map((row) => [String(row['code']), Number(row['serial'])]))
  const found = new Map<string, number>()
  for (let cursor = ''; ;) {
    const answer = await fetch(`${url}/data/v1/${entry.code}/rows?select=code,serial&limit=1000${cursor === '' ? '' : `&cursor=${cursor}`}`, { headers: { authorization: `Bearer ${key}` } })
    const { items, nextCursor } = await answer.json() as { items: { code: string; serial: number }[]; nextCursor: string | null } // the contract's form
    for (const { code, serial } of items) {
      if (found.has(code)) throw new Error(`${code} came twice`)
      found.set(code, serial)
    }
    if (nextCursor === null) break
    cursor = nextCursor
  }
  const wrong = [...source].filter(([code, serial]) => found.get(code) !== serial)
  if (wrong.length > 0 || found.size !== source.size) throw new Error(`${wrong.length} rows differ, ${found.size} came of ${source.size}`)
}
