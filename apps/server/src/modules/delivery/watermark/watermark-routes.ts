import { operations } from '@datong/contracts'
import { AppError, isAppError } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { FastifyRequest } from 'fastify'
import { createHash } from 'node:crypto'
import { rawRoute, type Route } from '../../../platform/route.ts'
import type { DeliveryContext } from '../context.ts'
import { nameGrants } from './name-grants.ts'

const MOST_BYTES = 64 * 1_048_576

/** Whose file was found: for the security officer and the auditor; each reading is evidence, for the providers of what was found. */
export const watermarkRoutes = (context: DeliveryContext): Route[] => [
  rawRoute(operations.readWatermark, async ({ caller }, request, reply) => {
    const file = await fileOf(request)
    const sha256 = createHash('sha256').update(file).digest('hex')
    const found = await nameGrants(context, file)
    const readAt = context.clock.now()
    const receiptId = await inTransaction(context.store.db, (trx) => context.evidence.record(trx, {
      chain: 'decision', action: 'delivery.watermark.read', actor: caller.actor,
      parties: [...new Set([...found.matches.map(({ provider }) => provider.code), ...(caller.organisation === null ? [] : [caller.organisation])])],
      subject: { type: 'found-file', id: sha256, title: `${found.rows} 行，${found.columns.length} 列` },
      detail: {
        sha256, bytes: file.length, rows: found.rows, pairs: found.pairs, grantsLookedAt: found.grantsLookedAt, level: String(found.level), verdict: found.verdict,
        matches: found.matches.map(({ grantNumber, grantId, pairs, agreeing, chanceLog10 }) => ({ grant: grantNumber, grantId, pairs, agreeing, chanceLog10: String(chanceLog10) })),
      },
    }))
    return reply.header('cache-control', 'no-store').send({ ...found, sha256, bytes: file.length, readAt: readAt.toISOString(), receiptId })
  }),
]

/** @throws AppError `request/too-large`, `request/invalid` without a file, `request/malformed` */
async function fileOf(request: FastifyRequest): Promise<Buffer> {
  const limits = { files: 1, fields: 0, parts: 2, fileSize: MOST_BYTES }
  let file: Buffer | undefined
  try {
    for await (const part of request.parts({ limits })) {
      if (part.type !== 'file') continue
      const pieces: Buffer[] = []
      for await (const piece of part.file) pieces.push(piece as Buffer) // a stream of bytes
      if (part.file.truncated) throw new AppError('request/too-large', { limit: MOST_BYTES })
      file = Buffer.concat(pieces)
    }
  } catch (error) {
    if (isAppError(error)) throw error
    throw new AppError('request/malformed', {}, [], { cause: error })
  }
  if (file === undefined || file.length === 0) throw new AppError('request/invalid', {}, [{ pointer: '/file', code: 'required', message: 'is required' }])
  return file
}
