import { AppError, fixedClock } from '@datong/kernel'
import type { Db } from '@datong/metadata-store'
import Fastify, { type FastifyInstance } from 'fastify'
import { createCursorCodec } from '../../platform/cursor.ts'
import type { PlainRoute } from '../../platform/route.ts'
import { plainOrganisations, recordingEvents } from '../../platform/testing.ts'
import { type EntryRecord, isPublic } from '../catalog/index.ts'
import type { InterchangeDeps } from './context.ts'

/** A catalogue that is nothing but a list of records, as `interchange` asks for it. */
const catalogOf = (entries: EntryRecord[]): InterchangeDeps['catalog'] => {
  const shown = ({ audience, modifiedSince }: Parameters<InterchangeDeps['catalog']['countPublished']>[0]): EntryRecord[] =>
    entries.filter((entry) => (audience === 'public' ? isPublic(entry) : entry.state === 'published') && (modifiedSince === undefined || entry.changedAt >= modifiedSince))
      .toSorted((a, b) => (a.code < b.code ? -1 : 1))
  return {
    find: async (code) => entries.find((entry) => entry.code === code),
    requireVisible: async (code) => {
      const found = entries.find((entry) => entry.code === code)
      if (found === undefined) throw new AppError('request/not-found')
      return found
    },
    eachPublished: async ({ after = '', limit, ...query }) => shown(query).filter(({ code }) => code > after).slice(0, limit),
    edition: () => JSON.stringify(entries.map(({ code, changedAt }) => [code, changedAt])),
    countPublished: async (query) => shown(query).length,
    selectCodes: async ({ condition, offset, limit }) => {
      const since = 'instant' in condition ? condition.from : null
      return shown({ audience: 'public', ...(since === null ? {} : { modifiedSince: since }) }).slice(offset, limit === null ? undefined : offset + limit).map(({ code }) => code)
    },
    visibleCodes: async (codes) => entries.filter((entry) => codes.includes(entry.code) && isPublic(entry)).map(({ code }) => code),
  }
}

/** What the module leans on, over a list of records. @param db only for what is stored */
export const interchangeDeps = (entries: EntryRecord[], db?: Db): InterchangeDeps & { events: ReturnType<typeof recordingEvents> } => ({
  db: db as Db, // tests without one ask for nothing that is stored
  catalog: catalogOf(entries), organisations: { ...plainOrganisations, list: () => [] }, events: recordingEvents(), cursors: createCursorCodec(new Uint8Array(32)),
  openFiles: { of: async () => new Map() }, clock: fixedClock('2026-11-20T02:00:00Z'), log: { warn: () => undefined }, publicUrl: 'https://data.example.gov.cn',
  forms: { allowLoopback: false, pushNetworks: null, harvestNetworks: [], sourceNetworks: [], webhookPorts: [443], linkSpaceBytes: 0, keptAnswerBytes: 0 },
})

/** The plain addresses of the module alone, without the rest of the server. */
export async function serve(routes: readonly PlainRoute[]): Promise<FastifyInstance> {
  const app = Fastify()
  for (const { method, path, handle } of routes) app.route({ method, url: path, handler: (request, reply) => handle(request, reply) })
  app.setErrorHandler((error, _, reply) => {
    const { code = '' } = error as { code?: string } // thrown things have a code or none
    void reply.code(code === 'request/not-found' ? 404 : code === 'request/invalid' ? 422 : 500).send({ code })
  })
  app.setNotFoundHandler((_, reply) => void reply.type('text/html').send('<!doctype html><title>page</title>'))
  await app.ready()
  return app
}
