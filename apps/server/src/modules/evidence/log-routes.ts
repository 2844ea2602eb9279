import { parseTilePath, TILE_WIDTH } from '@datong/evidence-log'
import { AppError } from '@datong/kernel'
import type { Db } from '@datong/metadata-store'
import type { FastifyReply } from 'fastify'
import type { PlainRoute } from '../../platform/route.ts'
import { findBundle, findTile, latestCheckpoint } from './log-store.ts'

const FOREVER = 'public, max-age=31536000, immutable'
const NOT_AT_ALL = 'no-cache'
/** What a partial tile holds never changes, but the full one comes soon. */
const FOR_A_WHILE = 'public, max-age=3600'

/** The log as others read it. @see C2SP tlog-tiles, Parameters and Endpoints */
export function logRoutes(db: Db, verifierKey: string): PlainRoute[] {
  const text = (reply: FastifyReply, content: string, cache: string): FastifyReply =>
    reply.header('access-control-allow-origin', '*').header('cache-control', cache).type('text/plain; charset=utf-8').send(content)
  return [
    {
      method: 'GET',
      path: '/log/checkpoint',
      handle: async (_request, reply) => {
        const head = await latestCheckpoint(db)
        if (head === undefined) throw new AppError('request/not-found')
        return text(reply, head.note, NOT_AT_ALL)
      },
    },
    { method: 'GET', path: '/log/key', handle: async (_request, reply) => text(reply, `${verifierKey}\n`, FOR_A_WHILE) },
    {
      method: 'GET',
      path: '/log/tile/*',
      handle: async (request, reply) => {
        const { '*': rest } = request.params as { '*': string } // Fastify's name for what a wildcard matched
        const address = parseTilePath(`tile/${rest}`)
        if (address === null) throw new AppError('request/not-found')
        const { level, index, width } = address
        const bytes = level === 'entries' ? await publishedBundle(db, index, width) : await findTile(db, level, index, width)
        if (bytes === undefined) throw new AppError('request/not-found')
        return reply
          .header('access-control-allow-origin', '*')
          .header('cache-control', width === TILE_WIDTH ? FOREVER : FOR_A_WHILE)
          .type('application/octet-stream')
          .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length))
      },
    },
  ]
}

/** A bundle, when the tree is wide enough there: its level-0 tile tells. */
async function publishedBundle(db: Db, index: number, width: number): Promise<Uint8Array | undefined> {
  return (await findTile(db, 0, index, width)) === undefined ? undefined : findBundle(db, index, width)
}
