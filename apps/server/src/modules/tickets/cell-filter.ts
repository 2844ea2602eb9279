import type { FieldSchema, Filter, Value } from '@datong/data-engine'

/** Rows in which a field has the value that a person wrote; undefined when it cannot hold such a value. Nothing written means empty. */
export function filterOf(fields: readonly FieldSchema[], name: string, text: string): Filter | undefined {
  const field = fields.find((one) => one.name === name)
  if (field === undefined) return undefined
  if (text === '') return { field: name, op: 'null' }
  const value = valueOf(field, text.trim())
  return value === undefined ? undefined : { field: name, op: 'eq', value }
}

const LONGEST_NUMBER = 15

function valueOf({ type, precision }: FieldSchema, text: string): Exclude<Value, null> | undefined {
  switch (type) {
    case 'text':
      return text
    case 'boolean':
      return text === 'true' || text === '是' ? true : text === 'false' || text === '否' ? false : undefined
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : undefined
    case 'datetime':
      return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?$/.test(text) ? text : undefined
    case 'integer':
    case 'decimal': {
      if (!/^-?\d+(\.\d+)?$/.test(text)) return undefined
      return type === 'decimal' && (precision ?? 38) > LONGEST_NUMBER ? text : Number(text)
    }
  }
}
