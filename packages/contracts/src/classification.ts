import { Type, type Static } from 'typebox'
import { EntrySchema, ClassificationCode } from './catalog.ts'
import { Nullable, Words } from './common.ts'
import { operation } from './operation.ts'

const tag = 'catalog'

/** 类 1 digit, 项 2, 目 3, 细目 2 and again 2 and 2: how many digits a code has at each level. */
export const CLASSIFICATION_DIGITS = [1, 3, 6, 8, 10, 12] as const
const NodeCode = Type.String({ pattern: '^[1-9]([0-9]{2}([0-9]{3}([0-9]{2}){0,3})?)?$', description: '类 项 目 细目', examples: ['1', '101', '101001'] })

export const ClassificationNodeSchema = Type.Object({
  code: NodeCode,
  parent: Nullable(NodeCode),
  level: Type.Integer({ minimum: 1, maximum: 6, description: '1 类, 2 项, 3 目, 4 and deeper 细目' }),
  name: Type.String(),
  nameEn: Type.String(),
  organisation: Nullable(Type.String(), 'the department whose own 目 it is'),
  valid: Type.Boolean({ description: 'closed ones keep their entries and take no new ones' }),
  entries: Type.Integer({ description: 'entries here and below that the caller sees' }),
})
export type ClassificationNode = Static<typeof ClassificationNodeSchema>

export const classificationOperations = {
  listClassification: operation({
    id: 'listClassification', method: 'GET', path: '/api/v1/catalog/classification', tag, access: 'anyone',
    summary: 'The classification 类, 项, 目, 细目 with the number of entries that the caller sees in each',
    response: Type.Object({ items: Type.Array(ClassificationNodeSchema) }),
  }),
  addClassification: operation({
    id: 'addClassification', method: 'POST', path: '/api/v1/catalog/classification', tag, access: { steward: 'all' }, status: 201,
    summary: 'Add a class below another; without a code the next free one. A code is never given twice',
    body: Type.Object({ parent: NodeCode, code: Type.Optional(NodeCode), name: Words(80), nameEn: Words(120, 0) }),
    response: ClassificationNodeSchema,
  }),
  changeClassification: operation({
    id: 'changeClassification', method: 'PATCH', path: '/api/v1/catalog/classification/{code}', tag, access: { steward: 'all' },
    summary: 'Rename a class, close it or open it again; its code stays',
    params: Type.Object({ code: NodeCode }),
    body: Type.Partial(Type.Object({ name: Words(80), nameEn: Words(120, 0), valid: Type.Boolean() })),
    response: ClassificationNodeSchema,
  }),
  createEntry: operation({
    id: 'createEntry', method: 'POST', path: '/api/v1/catalog/entries', tag, access: { provider: 'own' }, status: 201,
    summary: 'Draft an entry before its data: its code is made from the classification, or from the department\'s own',
    body: Type.Object({ title: Words(200), classification: Type.Optional(ClassificationCode) }),
    response: EntrySchema,
  }),
} as const
