import { hidden, maskText, stars } from '../mask-text.ts'
import { defineMethod } from '../masking-method.ts'

/** First 4 and last 2 characters of 18 or 15; whatever does not have that form is hidden whole. */
export const citizenNumber = defineMethod({
  id: 'citizen-number',
  titleZh: '公民身份号码：保留前四后二',
  titleEn: 'Citizen number: keep first 4 and last 2',
  example: { from: '11010519491231002X', to: '1101************2X' },
  accepts: ['text', 'integer'],
  output: 'text',
  params: {},
  compile: () =>
    maskText((text) => {
      const number = text.replace(/[\s-]/g, '').toUpperCase()
      if (!/^(?:\d{17}[\dX]|\d{15})$/.test(number)) return hidden(text)
      return number.slice(0, 4) + stars(number.length - 6) + number.slice(-2)
    }),
})
