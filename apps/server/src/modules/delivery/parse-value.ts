import type { Value, FieldSchema } from '@datong/data-engine'
import { ok, refused, type Result } from '@datong/kernel'

const PATTERNS = {
  integer: /^[+-]?\d{1,16}$/,
  decimal: /^[+-]?\d{1,38}(\.\d{1,38})?$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  datetime: /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?)?$/,
} as const

/** Text of a query parameter as a value of the field's type; the reason of a refusal is the type's name in words. */
export function parseValue(text: string, { type }: Pick<FieldSchema, 'type'>): Result<Exclude<Value, null>, string> {
  switch (type) {
    case 'text':
      return text.includes('\u0000') ? refused('合法文本') : ok(text)
    case 'integer':
      return PATTERNS.integer.test(text) && Number.isSafeInteger(Number(text)) ? ok(Number(text)) : refused('整数')
    case 'decimal':
      return PATTERNS.decimal.test(text) ? ok(text) : refused('数字')
    case 'boolean':
      return text === 'true' || text === 'false' ? ok(text === 'true') : refused('布尔值（true 或 false）')
    case 'date':
      return PATTERNS.date.test(text) && isRealDate(text) ? ok(text) : refused('日期（YYYY-MM-DD）')
    case 'datetime':
      return PATTERNS.datetime.test(text) && isRealDate(text.slice(0, 10)) ? ok(text.replace(' ', 'T')) : refused('时间（YYYY-MM-DDTHH:MM:SS）')
  }
}

function isRealDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}
