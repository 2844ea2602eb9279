import { type Value, isValueOf } from '@datong/data-engine'
import type { FieldType } from '@datong/kernel'
import { GraphQLBoolean, GraphQLError, GraphQLScalarType, GraphQLString, Kind, type ValueNode } from 'graphql'

/** A value written in the query or sent as a variable, as text of the type. */
function scalar(name: string, description: string, type: FieldType): GraphQLScalarType<string, Value> {
  const take = (value: unknown): string => {
    if ((typeof value === 'string' || typeof value === 'number') && isValueOf(type, value)) return String(value)
    throw new GraphQLError(`${String(value).slice(0, 40)} is no ${name}`, { extensions: { code: 'delivery/invalid-query' } })
  }
  return new GraphQLScalarType({
    name, description, parseValue: take, parseLiteral: (node) => take(textOf(node)),
    // What delivery masked and typed leaves as it is.
    serialize: (value) => value as Value,
  })
}

const textOf = (node: ValueNode): unknown => (node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT ? node.value : undefined)

/** GraphQL's own Int ends at 2³¹; these take what the fields hold. */
export const SCALARS: Readonly<Record<FieldType, GraphQLScalarType>> = {
  text: GraphQLString,
  boolean: GraphQLBoolean,
  integer: scalar('Integer', 'Whole number within ±(2^53 − 1)', 'integer'),
  decimal: scalar('Decimal', 'Number; text beyond 15 digits', 'decimal'),
  date: scalar('Date', 'YYYY-MM-DD', 'date'),
  datetime: scalar('DateTime', 'YYYY-MM-DDTHH:MM:SS, local time', 'datetime'),
}

/** A masked value: of whatever type the mask makes. */
export const MASKED = new GraphQLScalarType({ name: 'Masked', description: 'A value that was changed so that it tells less', serialize: (value) => value as Value }) // as above
