import { type FieldSchema, isValueOf, type Value } from '@datong/data-engine'
import { type FieldType, ok, refused, type Result } from '@datong/kernel'

/** What a value of each type is, in words. */
const NAMES: Readonly<Record<FieldType, string>> = {
  text: '合法文本', integer: '整数', decimal: '数字', boolean: '布尔值（true 或 false）', date: '日期（YYYY-MM-DD）', datetime: '时间（YYYY-MM-DDTHH:MM:SS）',
}

/** Text of a query parameter as a value of the field's type; the reason of a refusal is the type's name in words. */
export function parseValue(text: string, { type }: Pick<FieldSchema, 'type'>): Result<Exclude<Value, null>, string> {
  const plain = type === 'integer' || type === 'decimal' ? text.replace(/^\+(?=\d)/, '') : text
  if (!isValueOf(type, plain)) return refused(NAMES[type])
  if (type === 'integer') return ok(Number(plain))
  if (type === 'boolean') return ok(plain === 'true')
  return ok(type === 'datetime' ? plain.replace(' ', 'T') : plain)
}
