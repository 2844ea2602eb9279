import { maskText } from '../mask-text.ts'
import { defineMethod } from '../masking-method.ts'

/** Keeps the first characters, but never more than half of the value, and says by … that something was cut. */
export const truncate = defineMethod({
  id: 'truncate',
  titleZh: '截断：保留开头',
  titleEn: 'Truncate: keep the beginning',
  example: { from: '临海市古城街道', to: '临海…' },
  accepts: ['text'],
  output: 'text',
  params: { keep: { type: 'integer', default: 2, minimum: 0, maximum: 1000, titleZh: '保留字符数', titleEn: 'Characters to keep' } },
  compile: ({ keep }) =>
    maskText((text) => {
      const chars = [...text]
      return `${chars.slice(0, Math.min(keep, Math.floor(chars.length / 2))).join('')}…`
    }),
})
