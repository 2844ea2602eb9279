import { hidden, maskText, stars } from '../mask-text.ts'
import { defineMethod } from '../masking-method.ts'

/** First 4 and last 4 of 13 to 19 digits (PCI DSS 3.4.1 would allow 6 and 4); all else is hidden. */
export const bankCard = defineMethod({
  id: 'bank-card',
  titleZh: '银行卡号：保留前四后四',
  titleEn: 'Card number: keep first 4 and last 4',
  example: { from: '6222 0212 3456 7890 128', to: '6222***********0128' },
  accepts: ['text', 'integer'],
  output: 'text',
  params: {},
  compile: () =>
    maskText((text) => {
      const digits = text.replace(/[\s-]/g, '')
      if (!/^\d{13,19}$/.test(digits)) return hidden(text)
      return digits.slice(0, 4) + stars(digits.length - 8) + digits.slice(-4)
    }),
})
