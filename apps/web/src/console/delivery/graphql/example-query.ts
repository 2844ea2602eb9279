interface TypeRef {
  readonly kind: string
  readonly name: string | null
  readonly ofType?: TypeRef | null
  /** Of an object, where they were asked for. */
  readonly fields?: readonly { readonly name: string; readonly type: { readonly kind: string } }[] | null
}

/** What introspection tells of one type: its fields, their descriptions and types. */
export interface IntrospectedType {
  readonly fields: readonly { readonly name: string; readonly description: string | null; readonly type: TypeRef }[]
}

const resourceName = (code: string): string => `r${code.replace('-', '_')}`

/** Asks the schema of this caller for the fields of one resource. */
export const schemaQuery = (code: string): string => `{
  __type(name: "R${code.replace('-', '_')}") {
    fields { name description type { kind name ofType { kind name ofType { kind name ofType { kind name fields { name type { kind } } } } } } }
  }
}`

const inner = (type: TypeRef): TypeRef => (type.ofType ? inner(type.ofType) : type)

/** Two values of related rows; fields that lead on to further rows are objects in lists that cannot be null. */
const firstNames = ({ fields }: TypeRef): string => fields?.filter((field) => field.type.kind === 'SCALAR').slice(0, 2).map(({ name }) => name).join(' ') || '__typename'

/** A query that runs as it is: the first fields of the resource, the Chinese names as comments, and one relation where there is one. */
export function exampleQuery(code: string, type: IntrospectedType | null): string {
  const fields = type?.fields ?? []
  const values = fields.filter((field) => inner(field.type).kind !== 'OBJECT').slice(0, 6)
  const relation = fields.find((field) => inner(field.type).kind === 'OBJECT')
  const width = Math.max(0, ...values.map(({ name }) => name.length))
  const oneLine = (text: string | null): string => (text ?? '').replace(/\s+/g, ' ').trim()
  return [
    '{', `  ${resourceName(code)}(limit: 5) {`, '    version', '    items {',
    ...(values.length === 0 ? ['      __typename'] : values.map(({ name, description }) => `      ${name.padEnd(width)}  # ${oneLine(description)}`)),
    ...(relation ? [`      # ${oneLine(relation.description)}`, `      ${relation.name}(limit: 3) { ${firstNames(inner(relation.type))} }`] : []),
    '    }', '    nextCursor', '  }', '}',
  ].join('\n')
}
