import type { FastifyInstance } from 'fastify'
import type { Registry } from 'prom-client'

/** Looks whether something that the server stands on works; throws when it does not. */
export type Probe = () => Promise<void>

const PROBE_LIMIT_MS = 2_000

/** `/healthz`: the process lives. `/readyz`: all it needs works. `/metrics`: figures for Prometheus. */
export function mountHealth(app: FastifyInstance, probes: Readonly<Record<string, Probe>>, registry: Registry): void {
  app.get('/healthz', { config: { name: 'healthz' } }, async (_, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' }))
  app.get('/readyz', { config: { name: 'readyz' } }, async (_, reply) => {
    const names = Object.keys(probes)
    const outcomes = await Promise.all(Object.values(probes).map((probe) => succeeds(probe)))
    const ready = outcomes.every(Boolean)
    return reply.code(ready ? 200 : 503).header('cache-control', 'no-store').send({
      status: ready ? 'ready' : 'not-ready',
      checks: Object.fromEntries(names.map((name, index) => [name, outcomes[index] ? 'ok' : 'failed'])),
    })
  })
  app.get('/metrics', { config: { name: 'metrics' } }, async (_, reply) =>
    reply.header('content-type', registry.contentType).header('cache-control', 'no-store').send(await registry.metrics()))
}

async function succeeds(probe: Probe): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), PROBE_LIMIT_MS)
  })
  try {
    await Promise.race([probe(), late])
    return true
  } catch {
    return false
  } finally {
    clearTimeout(timer)
  }
}
