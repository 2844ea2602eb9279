type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * A copy of a JSON Schema in which objects take no property beyond those declared, at every depth. Records (objects with
 * `patternProperties`) stay open within their pattern.
 */
export function closeObjects(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closeObjects)
  if (!isObject(schema)) return schema
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) =>
    // Values of these are data, not schemas.
    key === 'enum' || key === 'const' || key === 'default' || key === 'examples' ? [key, value] : [key, closeObjects(value)]))
  const closes = copy['type'] === 'object' && !('additionalProperties' in copy)
  return closes ? { ...copy, additionalProperties: false } : copy
}
