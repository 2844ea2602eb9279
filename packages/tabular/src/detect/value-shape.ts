/** What a cell looks like, as far as telling a header from data needs it. */
export type Shape = 'blank' | 'number' | 'date' | 'text'

const NUMBER = /^[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?([eE][+-]?\d+)?%?$/
const DATE = /^(民國|民国)?\d{2,4}([-/.]\d{1,2}[-/.]\d{1,2}|年(\d{1,2}月)?(\d{1,2}日)?)([ T]\d{1,2}:\d{2}(:\d{2})?)?$/
const PLACEHOLDERS = new Set(['-', '--', 'null', 'n/a', 'na', '/', '无', '無', '不详', '(blank)'])

export function shapeOf(cell: string): Shape {
  const text = cell.trim()
  if (text === '' || PLACEHOLDERS.has(text.toLowerCase())) return 'blank'
  if (/\d/.test(text) && NUMBER.test(text)) return 'number'
  return DATE.test(text) ? 'date' : 'text'
}
