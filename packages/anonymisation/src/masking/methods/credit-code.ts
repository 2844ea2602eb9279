import { hidden, maskText } from '../mask-text.ts'
import { defineMethod } from '../masking-method.ts'

/** First 8 characters (registrar, kind, division) and last 4 of 18; all else is hidden. */
export const creditCode = defineMethod({
  id: 'credit-code',
  titleZh: '统一社会信用代码：保留前八后四',
  titleEn: 'Credit code: keep first 8 and last 4',
  example: { from: '91350100M000100Y43', to: '91350100******0Y43' },
  accepts: ['text', 'integer'],
  output: 'text',
  params: {},
  compile: () =>
    maskText((text) => {
      const code = text.replace(/[\s-]/g, '').toUpperCase()
      return /^[0-9A-Z]{18}$/.test(code) ? `${code.slice(0, 8)}******${code.slice(-4)}` : hidden(text)
    }),
})
