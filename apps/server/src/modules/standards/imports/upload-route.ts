import { operations } from '@datong/contracts'
import { AppError, type Issue } from '@datong/kernel'
import { formError } from '../../../platform/form-error.ts'
import { rawRoute, type Route } from '../../../platform/route.ts'
import type { StandardsContext } from '../context.ts'
import { viewImport } from '../view.ts'
import { previewImport } from './preview-import.ts'

const FIELDS = ['kind', 'list', 'listName', 'label', 'inForceFrom'] as const
const FORMS: Readonly<Record<(typeof FIELDS)[number], RegExp>> = {
  kind: /^(element|code-list)$/, list: /^[A-Z][0-9A-Z._-]{1,40}$/, listName: /^.{1,100}$/u, label: /^.{1,60}$/u, inForceFrom: /^[12]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
}
const MOST_BYTES = 16 * 2 ** 20

/** Takes the form: its parts first, then the file, whole in memory for it is small. */
export const uploadRoute = (context: StandardsContext): Route =>
  rawRoute(operations.previewStandardsImport, async ({ caller }, request, reply) => {
    const fields = new Map<string, string>()
    const issues: Issue[] = []
    let file: { name: string; bytes: Buffer } | undefined
    try {
      for await (const part of request.parts({ limits: { files: 1, fields: 10, fieldSize: 1_000, fileSize: MOST_BYTES } })) {
        if (part.type === 'file') {
          const bytes = await part.toBuffer()
          file = { name: (part.filename ?? '').slice(0, 200), bytes }
        } else if (typeof part.value === 'string' && part.value !== '') fields.set(part.fieldname, part.value)
      }
    } catch (error) {
      throw formError(error, MOST_BYTES)
    }
    for (const [name, value] of fields) {
      const form = FIELDS.some((one) => one === name) ? FORMS[name as keyof typeof FORMS] : undefined // just looked up
      if (form === undefined) issues.push({ pointer: `/${name}`, code: 'unknown', message: 'is not known here' })
      else if (!form.test(value)) issues.push({ pointer: `/${name}`, code: 'pattern', message: 'is not of the right form' })
    }
    const kind = fields.get('kind')
    if (kind === undefined) issues.push({ pointer: '/kind', code: 'required', message: 'is required' })
    if (kind === 'code-list' && !fields.has('list')) issues.push({ pointer: '/list', code: 'required', message: 'is required for codes' })
    if (file === undefined) issues.push({ pointer: '/file', code: 'required', message: 'is required' })
    if (issues.length > 0 || file === undefined) throw new AppError('request/invalid', {}, issues)
    const made = await previewImport(context, {
      kind: kind === 'element' ? 'element' : 'code-list', list: fields.get('list') ?? null, listName: fields.get('listName') ?? null,
      label: fields.get('label') ?? null, inForceFrom: fields.get('inForceFrom') ?? null, fileName: file.name,
    }, file.bytes, caller)
    return reply.code(201).send(viewImport(made))
  })
