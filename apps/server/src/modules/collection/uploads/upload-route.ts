import { operations } from '@datong/contracts'
import { AppError, isAppError, type Issue } from '@datong/kernel'
import type { Multipart } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import type { Caller } from '../../../platform/caller.ts'
import { rawRoute, type Route } from '../../../platform/route.ts'
import type { CollectionContext } from '../context.ts'
import { admitUpload, beginLoad, dropUpload, type ReceivedUpload, receiveUpload } from './upload.ts'

const FIELDS = ['organisation', 'title', 'entryCode'] as const
type FieldName = (typeof FIELDS)[number]

const isFieldName = (name: string): name is FieldName => FIELDS.some((field) => field === name)

/** `POST /collection/uploads`: streams the one file to disk while it arrives, then answers 202. */
export const uploadRoute = (context: CollectionContext): Route =>
  rawRoute(operations.upload, async ({ caller }, request, reply) => {
    const upload = await readForm(context, request, caller)
    return reply.code(202).send(await beginLoad(context, upload, caller))
  })

/**
 * Reads the form part by part. What is wrong with it is told when all of it has come, for a client that is still
 * sending does not listen.
 */
async function readForm(context: CollectionContext, request: FastifyRequest, caller: Caller): Promise<ReceivedUpload> {
  const fields = new Map<FieldName, string>()
  const issues: Issue[] = []
  let received: ReceivedUpload | undefined
  let refusal: AppError | undefined
  let files = 0
  const limits = { files: 10, fields: 20, parts: 30, fieldSize: 4_000, fileSize: context.maxUploadBytes }
  try {
    for await (const part of request.parts({ limits })) {
      if (part.type === 'field') takeField(part, fields, issues, files > 0)
      else if (++files === 1 && part.fieldname === 'file' && issues.length === 0) {
        const { file } = part
        try {
          const admitted = await admitUpload(context, { fileName: part.filename ?? '', ...Object.fromEntries(fields) }, caller)
          received = await receiveUpload(context, admitted, file, () => !file.truncated)
        } catch (error) {
          if (!isAppError(error)) throw error
          refusal = error
          file.resume()
        }
      } else {
        part.file.resume()
        if (part.fieldname !== 'file') issues.push({ pointer: `/${part.fieldname}`, code: 'unknown', message: 'is not known here; the file is called `file`' })
        else if (files > 1) issues.push({ pointer: '/file', code: 'maxItems', message: 'only one file at a time' })
      }
    }
    if (refusal !== undefined) throw refusal
    if (files === 0) issues.push({ pointer: '/file', code: 'required', message: 'is required' })
    if (issues.length > 0 || received === undefined) throw new AppError('request/invalid', {}, issues)
    return received
  } catch (error) {
    if (received !== undefined) await dropUpload(context, received)
    throw refusal ?? broken(error)
  }
}

function takeField(part: Extract<Multipart, { type: 'field' }>, fields: Map<FieldName, string>, issues: Issue[], late: boolean): void {
  const pointer = `/${part.fieldname}`
  if (!isFieldName(part.fieldname)) issues.push({ pointer, code: 'unknown', message: 'is not known here' })
  else if (late) issues.push({ pointer, code: 'after-file', message: 'must come before the part `file`' })
  else if (fields.has(part.fieldname)) issues.push({ pointer, code: 'repeated', message: 'is given twice' })
  else if (typeof part.value !== 'string' || part.valueTruncated) issues.push({ pointer, code: 'maxLength', message: 'is too long or not text' })
  else if (part.value !== '') fields.set(part.fieldname, part.value)
}

/** A form that ends too early or is none is the sender's fault; Fastify's own errors and ours have their meaning already. */
function broken(error: unknown): unknown {
  if (isAppError(error) || !(error instanceof Error)) return error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const brokenOff = code === 'FST_MP_PREMATURE_CLOSE' || code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET' || code === 'ABORT_ERR'
  if (brokenOff || /multipart|boundary|terminated early|end of form/i.test(error.message)) return new AppError('request/malformed', {}, [], { cause: error })
  return error
}
