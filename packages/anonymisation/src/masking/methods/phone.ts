import { hidden, maskText, stars } from '../mask-text.ts'
import { defineMethod } from '../masking-method.ts'

const EXTENSION = /\s*(?:#|转|轉|分机|分機|ext\.?|x)\s*\d{1,6}$/i
const MOBILE = /^(?:(?:\+|00)?86)?(1[3-9]\d)\d{4}(\d{4})$/
const LANDLINE = /^(010|02\d|0[3-9]\d{2})(\d{7,8})$/

/** A number with its country, its extension and what stands between. */
const LONGEST = 60

function maskOne(text: string): string {
  if (text.length > LONGEST) return hidden(text)
  const digits = text.replace(EXTENSION, '').replace(/[\s\-().—–]/g, '')
  const mobile = MOBILE.exec(digits)
  if (mobile !== null) return `${mobile[1]}****${mobile[2]}`
  const landline = LANDLINE.exec(digits)
  if (landline !== null) return `${landline[1]}-${stars(landline[2]!.length - 2)}${landline[2]!.slice(-2)}`
  return hidden(text)
}

/** Mobile: first 3 and last 4 digits. Landline: area code and last 2. Country code and extension go. All else is hidden. */
export const phone = defineMethod({
  id: 'phone',
  titleZh: '电话：保留前三后四',
  titleEn: 'Telephone: keep first 3 and last 4',
  example: { from: '13812341234', to: '138****1234' },
  accepts: ['text', 'integer'],
  output: 'text',
  params: {},
  compile: () => maskText((text) => text.split(/[、,;/]/, 10).map((part) => (part.trim() === '' ? '*' : maskOne(part.trim()))).join('、')),
})
