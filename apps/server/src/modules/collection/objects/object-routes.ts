import { type LakeObject, operations } from '@datong/contracts'
import { AppError, isAppError, type Issue } from '@datong/kernel'
import type { FastifyRequest } from 'fastify'
import { type Caller, holds } from '../../../platform/caller.ts'
import { rawRoute, type Route, route } from '../../../platform/route.ts'
import type { CollectionContext } from '../context.ts'
import { MEDIA_TYPES } from './extracted.ts'
import { keepObject, MOST_OBJECT_BYTES, removeObject } from './keep-object.ts'
import type { ObjectRow } from './object-store.ts'

const FIELDS: ReadonlySet<string> = new Set(['entryCode', 'title', 'grade'])

/** Documents and images beside the rows of an entry. */
export function objectRoutes(context: CollectionContext): Route[] {
  return [
    rawRoute(operations.uploadObject, async ({ caller }, request, reply) => reply.code(201).send(show(await readForm(context, request, caller), true))),

    route(operations.listObjects, async ({ params, caller }) => {
      const entry = await context.catalog.requireVisible(params.code, caller)
      const inside = caller.organisation === entry.organisation || holds(caller, 'steward') || holds(caller, 'auditor')
      const rows = await context.objects.ofEntry(entry.code)
      return { items: rows.filter(({ grade }) => inside || grade === 'public').map((row) => show(row, inside)) }
    }),

    route(operations.removeObject, async ({ params, body, caller }) => {
      await removeObject(context, params.code, params.id, body.reason, caller)
      return {}
    }),
  ]
}

/** @param inside who knows the department's files: the author and the program are its own matter */
const show = (row: ObjectRow, inside: boolean): LakeObject => ({
  id: row.id, entryCode: row.entry_code, title: row.title, fileName: row.file_name, kind: row.kind, mediaType: MEDIA_TYPES[row.kind], bytes: row.bytes, sha256: row.sha256,
  grade: row.grade, pages: row.pages, at: row.at.toISOString(), characters: row.words.length,
  properties: inside ? row.properties : Object.fromEntries(Object.entries(row.properties).filter(([name]) => name === 'width' || name === 'height')),
  excerpt: inside || row.grade === 'public' ? row.words.slice(0, 300) : '',
})

/** The form's fields first, then the one file. */
async function readForm(context: CollectionContext, request: FastifyRequest, caller: Caller): Promise<ObjectRow> {
  const fields = new Map<string, string>()
  const issues: Issue[] = []
  let kept: ObjectRow | undefined
  let refusal: unknown
  const limits = { files: 2, fields: 10, parts: 12, fieldSize: 2_000, fileSize: MOST_OBJECT_BYTES }
  for await (const part of request.parts({ limits })) {
    if (part.type === 'field') {
      if (!FIELDS.has(part.fieldname) || typeof part.value !== 'string') issues.push({ pointer: `/${part.fieldname}`, code: 'unknown', message: 'is not known here' })
      else fields.set(part.fieldname, part.value)
      continue
    }
    const entryCode = fields.get('entryCode')
    if (entryCode === undefined) issues.push({ pointer: '/entryCode', code: 'required', message: 'must come before the part `file`' })
    if (issues.length > 0 || kept !== undefined || part.fieldname !== 'file' || entryCode === undefined) {
      part.file.resume()
      continue
    }
    try {
      kept = await keepObject(context, part.file, { entryCode, title: fields.get('title'), grade: fields.get('grade'), fileName: part.filename }, caller, () => !part.file.truncated)
    } catch (error) {
      if (!isAppError(error)) throw error
      refusal = error
      part.file.resume()
    }
  }
  if (refusal !== undefined) throw refusal
  if (kept === undefined) throw new AppError('request/invalid', {}, issues.length > 0 ? issues : [{ pointer: '/file', code: 'required', message: 'is required' }])
  return kept
}
