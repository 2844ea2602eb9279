import { maskText } from '../mask-text.ts'
import { defineMethod } from '../masking-method.ts'

/** Twelve digits: enough for any band, and 3 × 0.1 reads 0.3. */
const tidy = (value: number): string => String(Number(value.toPrecision(12)))

/** Puts a number into the band that it lies in, lower end included, upper excluded. What is no number becomes `***`. */
export const generaliseNumber = defineMethod({
  id: 'generalise-number',
  titleZh: '数值：归入区间',
  titleEn: 'Number: put into a band',
  example: { from: '37', to: '[30,40)' },
  accepts: ['integer', 'decimal', 'text'],
  output: 'text',
  params: {
    width: { type: 'number', default: 10, exclusiveMinimum: 0, maximum: 1e12, titleZh: '区间宽度', titleEn: 'Width of a band' },
    origin: { type: 'number', default: 0, minimum: -1e12, maximum: 1e12, titleZh: '区间起点', titleEn: 'Where a band begins' },
  },
  compile: ({ width, origin }) =>
    maskText((text) => {
      const plain = text.replaceAll(',', '')
      if (!/^[+-]?(?:\d{1,15}(?:\.\d{0,15})?|\.\d{1,15})(?:[eE][+-]?\d{1,2})?$/.test(plain)) return '***'
      const band = Math.floor((Number(plain) - origin) / width)
      // Beyond 2^53 neighbouring bands have the same ends, and the answer would be the value itself.
      if (!Number.isSafeInteger(band) || Math.abs(band) > 1e11) return '***'
      return `[${tidy(origin + band * width)},${tidy(origin + (band + 1) * width)})`
    }),
})
