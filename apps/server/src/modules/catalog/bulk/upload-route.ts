import { operations } from '@datong/contracts'
import { AppError, type Issue } from '@datong/kernel'
import { formError } from '../../../platform/form-error.ts'
import { rawRoute, type Route } from '../../../platform/route.ts'
import type { BulkContext } from './context.ts'
import { requireImport } from './find-import.ts'
import { uploadBulk } from './upload-bulk.ts'
import { viewImport } from './view.ts'

const MOST_BYTES = 16 * 2 ** 20

/** Takes the one file of the form, whole in memory for it is small. */
export const uploadRoute = (context: BulkContext): Route =>
  rawRoute(operations.uploadBulkImport, async ({ caller }, request, reply) => {
    const issues: Issue[] = []
    let file: { name: string; bytes: Buffer } | undefined
    try {
      for await (const part of request.parts({ limits: { files: 1, fields: 1, fileSize: MOST_BYTES } })) {
        if (part.type === 'file' && part.fieldname === 'file') file = { name: (part.filename ?? '').slice(0, 200), bytes: await part.toBuffer() }
        else {
          if (part.type === 'file') part.file.resume()
          issues.push({ pointer: `/${part.fieldname}`, code: 'unknown', message: 'is not known here; the file is called `file`' })
        }
      }
    } catch (error) {
      throw formError(error, MOST_BYTES)
    }
    if (file === undefined) issues.push({ pointer: '/file', code: 'required', message: 'is required' })
    if (issues.length > 0 || file === undefined) throw new AppError('request/invalid', {}, issues)
    const id = await uploadBulk(context, file, caller)
    return reply.code(201).send(viewImport(context, await requireImport(context, id, caller)))
  })
