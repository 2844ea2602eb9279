import { hidden, maskText, stars } from '../mask-text.ts'
import { defineMethod } from '../masking-method.ts'

/** Province, letter of the issuing office, and the last character; whatever is no plate is hidden whole. */
export const plate = defineMethod({
  id: 'plate',
  titleZh: '车牌：保留前二后一',
  titleEn: 'Number plate: keep first 2 and last 1',
  example: { from: '浙J12345', to: '浙J****5' },
  accepts: ['text'],
  output: 'text',
  params: {},
  compile: () =>
    maskText((text) => {
      const plain = text.replace(/[\s\-.·•]/g, '').toUpperCase()
      if (!/^\p{Script=Han}[A-Z][A-Z0-9]{4,5}[A-Z0-9挂学警港澳领使]$/u.test(plain)) return hidden(text)
      return plain.slice(0, 2) + stars(plain.length - 3) + plain.slice(-1)
    }),
})
