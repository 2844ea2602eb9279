import { defineMethod } from '../masking-method.ts'

/** The same answer for every value; for missing ones too, unless told otherwise, so that presence tells nothing. */
export const redact = defineMethod({
  id: 'redact',
  titleZh: '完全遮盖',
  titleEn: 'Redact',
  example: { from: '任何内容', to: '***' },
  accepts: ['text', 'integer', 'decimal', 'boolean', 'date', 'datetime'],
  output: 'text',
  params: {
    text: { type: 'string', default: '***', maxLength: 20, titleZh: '替换为', titleEn: 'Replace by' },
    redactMissing: { type: 'boolean', default: true, titleZh: '空值也遮盖', titleEn: 'Redact missing values too' },
  },
  compile: ({ text, redactMissing }) => (value) => (!redactMissing && (value === null || value === '') ? null : text),
})
