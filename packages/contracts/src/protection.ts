import { Type } from 'typebox'
import { GradeSchema, Nullable, Revision, Words } from './common.ts'
import { operation } from './operation.ts'

export const MaskingPolicySchema = Type.Object({
  revision: Revision,
  /** Recogniser → what is done by default; providers may choose a stricter method in their entry, never none. */
  rules: Type.Array(Type.Object({
    recognizer: Type.String(), title: Type.String(), titleEn: Type.String(), grade: GradeSchema, method: Nullable(Type.String()),
  })),
})

export const protectionOperations = {
  listMaskingMethods: operation({
    id: 'listMaskingMethods', method: 'GET', path: '/api/v1/protection/masking-methods', tag: 'protection', access: 'signed-in',
    summary: 'Masking methods, each with an example',
    response: Type.Object({
      items: Type.Array(Type.Object({
        id: Type.String(), title: Type.String(), titleEn: Type.String(), exampleBefore: Type.String(), exampleAfter: Type.String(),
      })),
    }),
  }),
  getMaskingPolicy: operation({
    id: 'getMaskingPolicy', method: 'GET', path: '/api/v1/protection/masking-policy', tag: 'protection',
    access: { security: 'all', auditor: 'all', steward: 'all', provider: 'all' }, summary: 'The masking policy', response: MaskingPolicySchema,
  }),
  setMaskingPolicy: operation({
    id: 'setMaskingPolicy', method: 'PUT', path: '/api/v1/protection/masking-policy', tag: 'protection', access: { security: 'all' },
    summary: 'Change the masking policy; plans are compiled again at once',
    body: Type.Object({
      revision: Revision, reason: Words(500),
      rules: Type.Array(Type.Object({ recognizer: Type.String(), grade: GradeSchema, method: Nullable(Type.String()) })),
    }),
    response: MaskingPolicySchema,
  }),
} as const
